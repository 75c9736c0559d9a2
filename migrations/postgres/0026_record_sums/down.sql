DROP TRIGGER sums_removed ON record_amounts;
DROP TRIGGER sums_added ON record_amounts;
DROP FUNCTION add_amounts();
DROP TABLE record_sums;
