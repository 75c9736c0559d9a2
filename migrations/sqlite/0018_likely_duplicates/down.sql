DELETE FROM counters WHERE series = 'folds';
DROP INDEX agreement_access_by_partner;
