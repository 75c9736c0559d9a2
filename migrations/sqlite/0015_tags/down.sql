DROP INDEX agreement_parties_by_body;
