use super::*;
use chrono::DateTime;

fn clause(model: &str, number: &str, text: &str) -> Clause {
    Clause {
        model: Some(model.to_owned()).filter(|model| !model.is_empty()),
        number: number.to_owned(),
        heading: String::new(),
        text: text.to_owned(),
    }
}

fn text(language: &str, authenticity: Authenticity, clauses: &[Clause]) -> FullText {
    FullText {
        language: language.to_owned(),
        authenticity,
        document_id: Uuid::nil(),
        clauses: clauses.to_vec(),
    }
}

fn set(number: i32, texts: Vec<FullText>) -> FullTextSet {
    FullTextSet {
        id: Uuid::nil(),
        number,
        signed: false,
        texts,
        created_at: DateTime::UNIX_EPOCH,
    }
}

fn es(clauses: &[Clause]) -> FullTextSet {
    set(1, vec![text("es", Authenticity::Authentic, clauses)])
}

fn shown(from: &FullTextSet, to: &FullTextSet) -> Vec<String> {
    let compared = compare(Uuid::nil(), from, to);
    assert_eq!(compared.differs, differs(from, to));
    let languages = compared.languages.iter().flat_map(|one| &one.clauses);
    languages
        .map(|one| {
            let name = |name: &Option<ClauseName>| {
                name.as_ref()
                    .map_or("-".to_owned(), |name| name.number.clone())
            };
            let pieces = one.difference.iter().map(|piece| match piece.change {
                PieceChange::Same => piece.text.clone(),
                PieceChange::Added => format!("+{}", piece.text),
                PieceChange::Removed => format!("-{}", piece.text),
            });
            let pieces: Vec<String> = pieces.collect();
            format!(
                "{:?} {}>{} {}",
                one.change,
                name(&one.from),
                name(&one.to),
                pieces.join("|")
            )
        })
        .collect()
}

#[test]
fn a_changed_word_is_found_and_a_line_break_is_no_change() {
    let from = es(&[
        clause("objective", "1", "Las Partes  cooperan\nen cultura."),
        clause("term", "2", "Cinco años."),
    ]);
    let to = es(&[
        clause("objective", "1.", "Las Partes cooperan en cultura."),
        clause("term", "2", "Diez años."),
    ]);
    assert_eq!(
        shown(&from, &to),
        ["Same 1>1. ", "Changed 2>2 -Cinco|+Diez|años."]
    );
    assert_eq!(differs(&from, &to), Some(true));
    assert_eq!(differs(&from, &from), Some(false));
}

#[test]
fn a_clause_put_in_moves_the_others_and_is_not_taken_for_them() {
    let from = es(&[
        clause("", "1", "Uno dos."),
        clause("", "2", "Tres cuatro."),
        clause("", "3", "Cinco."),
    ]);
    let to = es(&[
        clause("", "1", "Uno dos."),
        clause("", "2", "Nueva."),
        clause("", "3", "Tres cuatro."),
    ]);
    let wanted = [
        "Same 1>1 ",
        "Added ->2 +Nueva.",
        "Changed 2>3 ",
        "Removed 3>- -Cinco.",
    ];
    assert_eq!(shown(&from, &to), wanted);
}

#[test]
fn what_was_taken_out_stands_where_it_stood() {
    let all = [
        clause("objective", "1", "A"),
        clause("term", "2", "B"),
        clause("renewal", "3", "C"),
    ];
    let wanted = ["Removed 1>- -A", "Removed 2>- -B", "Same 3>3 "];
    assert_eq!(shown(&es(&all), &es(&all[2..])), wanted);
    let wanted = ["Same 1>1 ", "Removed 2>- -B", "Removed 3>- -C"];
    assert_eq!(shown(&es(&all), &es(&all[..1])), wanted);
}

#[test]
fn another_model_is_another_clause_though_it_has_the_number() {
    let (from, to) = (
        es(&[clause("term", "1", "A b")]),
        es(&[clause("renewal", "1", "A c")]),
    );
    assert_eq!(shown(&from, &to), ["Removed 1>- -A b", "Added ->1 +A c"]);
}

#[test]
fn another_order_is_a_difference() {
    let (one, two) = (clause("objective", "1", "A"), clause("term", "2", "B"));
    let (from, to) = (es(&[one.clone(), two.clone()]), es(&[two, one]));
    assert_eq!(shown(&from, &to), ["Same 2>2 ", "Same 1>1 "]);
    assert!(compare(Uuid::nil(), &from, &to).languages[0].reordered);
    assert_eq!(differs(&from, &to), Some(true));
}

#[test]
fn a_text_without_clauses_leaves_it_open_and_a_translation_decides_nothing() {
    use Authenticity::{Authentic, Translation};
    let clauses = [clause("term", "1", "Cinco años.")];
    let other = [clause("term", "1", "Diez años.")];
    let three = |es: &[Clause], en: &[Clause], fr: &[Clause]| {
        let texts = vec![
            text("es", Authentic, es),
            text("en", Authentic, en),
            text("fr", Translation, fr),
        ];
        set(1, texts)
    };
    let whole = three(&clauses, &clauses, &clauses);
    assert_eq!(
        differs(&whole, &three(&clauses, &clauses, &other)),
        Some(false)
    );
    assert_eq!(
        differs(&whole, &three(&clauses, &clauses, &[])),
        Some(false)
    );
    assert_eq!(differs(&whole, &three(&clauses, &[], &clauses)), None);
    assert_eq!(differs(&whole, &three(&other, &[], &clauses)), Some(true));
    assert_eq!(differs(&es(&[]), &es(&[])), None);
    // An authentic text added or removed, and one that is no longer authentic.
    assert_eq!(differs(&whole, &es(&clauses)), Some(true));
    assert_eq!(differs(&es(&clauses), &whole), Some(true));
    let lower = set(2, vec![text("es", Translation, &clauses)]);
    assert_eq!(differs(&es(&clauses), &lower), Some(true));
}

#[test]
fn what_is_too_long_to_compare_word_by_word_is_given_whole() {
    let long = |word: &str, count: usize| {
        let words: Vec<String> = (0..count).map(|n| format!("{word}{n}")).collect();
        words.join(" ")
    };
    let (one, other) = (long("a", 2_001), long("b", 2_000));
    let compared = |one: &str, other: &str| {
        let (from, to) = (
            es(&[clause("term", "1", one)]),
            es(&[clause("term", "1", other)]),
        );
        compare(Uuid::nil(), &from, &to).languages[0].clauses[0].clone()
    };
    let whole = compared(&one, &other);
    assert!(whole.whole && whole.difference.len() == 2);
    assert_eq!(
        (&whole.difference[0].text, &whole.difference[1].text),
        (&one, &other)
    );
    assert!(!compared(&long("a", 2_000), &other).whole);
    // Eleven clauses of maximum length: the last exceeds the work allowed for one comparison.
    let many = |word: &str| -> Vec<Clause> {
        (0..11)
            .map(|n| clause("", &n.to_string(), &long(&format!("{word}{n}x"), 2_000)))
            .collect()
    };
    let compared = compare(Uuid::nil(), &es(&many("a")), &es(&many("b")));
    let whole: Vec<bool> = compared.languages[0]
        .clauses
        .iter()
        .map(|one| one.whole)
        .collect();
    assert_eq!(whole, [vec![false; 10], vec![true]].concat());
}
