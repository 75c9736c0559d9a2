//! A sum of rows.

use crate::sum::Sum;

fn of(rows: &[&str]) -> String {
    let mut sum = Sum::default();
    rows.iter().for_each(|row| sum.add(row.as_bytes()));
    sum.text()
}

#[test]
fn rows_count_in_any_order_and_each_of_them() {
    assert_eq!(of(&["a", "b"]), of(&["b", "a"]));
    assert_ne!(of(&["a", "b"]), of(&["a", "c"]));
    assert_ne!(of(&["a"]), of(&["a", "a"]));
    assert_ne!(of(&["a", "a"]), of(&[]));
}

#[test]
fn what_comes_and_goes_leaves_the_sum_as_it_was() {
    let mut sum = Sum::default();
    sum.add(b"a");
    let before = Sum::read(&sum.text());
    sum.add(b"b");
    sum.take(b"b");
    assert_eq!(sum, before);
    assert_ne!(Sum::read("no sum"), Sum::default());
}
