DROP TRIGGER record_counts_removed;
DROP TRIGGER record_counts_added;
DROP TABLE record_counts;
