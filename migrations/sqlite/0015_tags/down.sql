DROP INDEX annotations_by_kind;
DROP INDEX agreement_facts_by_begin;
DROP INDEX agreement_access_pressing;
DROP INDEX history_by_move;
DROP INDEX agreement_parties_by_body;
