use super::Records;
use std::rc::Rc;

/// The line of each record, and its cells; no cells where a quotation mark is not closed.
fn read(text: &str, width: usize) -> Vec<(u64, Option<Vec<String>>)> {
    let records = Records::new(text, 1, b',');
    let records = records.expecting(
        width,
        Rc::new(|cells: &[&str]| cells.last() == Some(&"z\"")),
    );
    records.map(|record| (record.line, record.cells)).collect()
}

fn row(line: u64, cells: &[&str]) -> (u64, Option<Vec<String>>) {
    (
        line,
        Some(cells.iter().map(|&cell| cell.to_owned()).collect()),
    )
}

#[test]
fn lines_of_every_system() {
    for text in ["a,b\nc,d\n", "a,b\r\nc,d", "a,b\rc,d\r"] {
        assert_eq!(
            read(text, 2),
            [row(1, &["a", "b"]), row(2, &["c", "d"])],
            "{text:?}"
        );
    }
    assert_eq!(
        read("a\n\nb\n", 1),
        [row(1, &["a"]), row(2, &[""]), row(3, &["b"])]
    );
    assert_eq!(read("", 1), []);
}

#[test]
fn a_cell_may_have_line_breaks_and_doubled_marks() {
    assert_eq!(
        read("a,\"b\nc\"\nd,\"e \"\"f\"\"\"\n", 2),
        [row(1, &["a", "b\nc"]), row(3, &["d", "e \"f\""])]
    );
    assert_eq!(
        read("a,5\" de ancho\nb,c\n", 2),
        [row(1, &["a", "5\" de ancho"]), row(2, &["b", "c"])]
    );
    assert_eq!(read("\"a\" ,b\n", 2)[0].0, 1);
}

#[test]
fn a_mark_never_closed_costs_its_own_line() {
    let text = "a,\"b\nc,d\ne,\"f\"\ng,h\n";
    assert_eq!(
        read(text, 2),
        [
            (1, None),
            row(2, &["c", "d"]),
            row(3, &["e", "f"]),
            row(4, &["g", "h"])
        ]
    );
    let last = "a,b\nc,\"d\n";
    assert_eq!(read(last, 2), [row(1, &["a", "b"]), (2, None)]);
    let long = format!("a,\"b\n{}c\",d\n", "x\n".repeat(100));
    let found = read(&long, 2);
    assert_eq!(found.len(), 102);
    assert_eq!(found[0], (1, None));
}

#[test]
fn a_later_mark_does_not_close_it() {
    // With empty cells beyond the headings, and with a mark of its own.
    let text = "a,\"b,c,,\nd,e\",f,,\ng,h,i,,\n";
    assert_eq!(
        read(text, 3),
        [
            (1, None),
            row(2, &["d", "e\"", "f", "", ""]),
            row(3, &["g", "h", "i", "", ""])
        ]
    );
    // A line that is understood, whatever its width.
    let text = "a,b,\"c\nd,z\"\ne,f,\"g\"\n";
    assert_eq!(
        read(text, 3),
        [(1, None), row(2, &["d", "z\""]), row(3, &["e", "f", "g"])]
    );
    // A first cell with a line break.
    assert_eq!(read("\"a\nb\",c,d\n", 3), [row(1, &["a\nb", "c", "d"])]);
}

#[test]
fn many_marks_never_closed_cost_little() {
    let text = "a,\"b\n".repeat(100_000);
    assert_eq!(read(&text, 2).len(), 100_000);
}
