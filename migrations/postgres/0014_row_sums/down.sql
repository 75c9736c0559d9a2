DROP TABLE row_sums;
