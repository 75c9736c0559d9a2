DROP INDEX agreement_parties_by_body;
DROP INDEX consolidations_by_update;
