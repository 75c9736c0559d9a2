DROP TRIGGER record_sums_removed;
DROP TRIGGER record_sums_added;
DROP TABLE record_sums;
