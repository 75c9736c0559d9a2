use super::{is_registry_number, whole};

#[test]
fn numbers_of_registries() {
    for cell in [
        "RAI-0031",
        "RAI-5",
        "RAI 31",
        "RAI0031",
        "12/80",
        "0123",
        "31",
        "SRE/2019/044",
        "2026-000001",
        "No. 44",
        "Núm. 12/98",
        "DGCP-AI-2004-12",
        "31-A",
        "31A",
        "31 bis",
        "14.11",
        "31.0",
        "RAI No. 31",
        "No. RAI-7011",
        "RAI - 31",
        "RAI 12/80",
        "RAI-1998",
        "REG-17",
        "AI/2019/44",
        "2019/044",
        "44/1998",
        "12-98",
        "000031",
    ] {
        assert!(is_registry_number(cell), "{cell}");
    }
}

#[test]
fn whatever_is_no_number() {
    for cell in [
        "",
        "No",
        "S/N",
        "En trámite",
        "-",
        "Sí",
        "sí, en 1998",
        "1998",
        "15/03/1998",
        "1998-03-15",
        "marzo de 1998",
        "0",
        "000",
        "RAI",
        "RAI-000",
        "registrado",
        "Ver oficio DGCP 12 del 3 de marzo",
        "x",
        "?",
        "123456789",
        "1,200",
        "RAI-31; RAI-32",
        "pendiente 2",
    ] {
        assert!(!is_registry_number(cell), "{cell}");
    }
}

#[test]
fn whatever_may_be_something_else() {
    for cell in [
        // Dates and periods.
        "15/03/98",
        "15-mar-98",
        "15 marzo 98",
        "mar-98",
        "3-1998",
        "1998-03",
        "19980315",
        "35869",
        "1998-1999",
        "1998-99",
        "2024–2027",
        "2024-27",
        "RAI 2024-2027",
        "RAI-1998-1999",
        "RAI-15-03-98",
        "En 1998",
        "DOF 1998",
        "SRE 1998",
        "SRE-1998",
        "RAI 1998",
        "SRE 03/1998",
        // Words.
        "Si 1998",
        "vence 2027",
        "hasta 2030",
        "aprox 10",
        "lunes 3",
        "2 de 3",
        "a 31",
        "2do lugar",
        "2do",
        "1er",
        "2a",
        "1o",
        "1O",
        "3°",
        "Fase 2",
        "art 36",
        "ley 12",
        // Numbers of others.
        "Oficio 44/98",
        "Acta 12",
        "Tomo 4",
        "Libro 3 foja 45",
        "Folio 12",
        "Expte 99",
        "Tel 36181818",
        "36181818",
        "44100",
        // Several, decimals, marks.
        "0031 y 0032",
        "31 32",
        "31-32",
        "0031-0035",
        "1-2-3",
        "12.5",
        "7.011",
        "1",
        "1.0",
    ] {
        assert!(!is_registry_number(cell), "{cell}");
    }
}

#[test]
fn a_whole_number_has_no_initials_and_no_second_group() {
    for (cell, number) in [
        ("501", Some(501)),
        ("No. 501", Some(501)),
        ("0044", Some(44)),
        ("31.0", Some(31)),
        ("1", Some(1)),
        ("RAI-31", None),
        ("12/80", None),
        ("31-0", None),
        ("31 32", None),
    ] {
        assert_eq!(whole(cell), number, "{cell}");
    }
}
