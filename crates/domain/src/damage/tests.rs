use super::{Damage, damage};

fn repaired(text: &str) -> Option<String> {
    match damage(text) {
        Some(Damage::Repairable(mended)) => Some(mended),
        _ => None,
    }
}

#[test]
fn what_was_read_in_the_wrong_encoding_is_told() {
    for (text, right) in [
        ("MÃ¡laga", "Málaga"),
        ("LeÃ³n de los Aldama", "León de los Aldama"),
        ("CÃ¡diz â€“ EspaÃ±a", "Cádiz – España"),
        ("MÃƒÂ¡laga", "Málaga"),
        ("SÃ£o Paulo", "São Paulo"),
        ("M&aacute;laga", "Málaga"),
        ("M&#225;laga", "Málaga"),
        ("M&#xE1;laga", "Málaga"),
        ("Espa&ntilde;a &amp; Portugal", "España & Portugal"),
        ("P¢voa de Varzim", "Póvoa de Varzim"),
        ("Espa¤a", "España"),
        ("Garc¡a", "García"),
        ("Potos¡", "Potosí"),
        ("Jos‚", "José"),
        ("Per£", "Perú"),
        ("µvila", "Ávila"),
        ("¥u¤oa", "Ñuñoa"),
        ("M√°laga", "Málaga"),
        ("Bogot√°", "Bogotá"),
        ("M├ílaga", "Málaga"),
        ("M├⌐rida", "Mérida"),
        ("M├®rida", "Mérida"),
        ("M%C3%A1laga", "Málaga"),
        ("San%20Jos%c3%a9", "San José"),
        ("%C1vila", "Ávila"),
        ("Bogot=E1", "Bogotá"),
        ("Bogot=C3=A1", "Bogotá"),
        ("Bogot\\u00e1", "Bogotá"),
        ("Bogot\\xe1", "Bogotá"),
        ("Bogot<U+00E1>", "Bogotá"),
        ("<b>Lyon</b>", "Lyon"),
        ("&lt;b&gt;Lyon&lt;/b&gt;", "Lyon"),
        ("San<br/>Salvador", "San Salvador"),
    ] {
        assert_eq!(repaired(text).as_deref(), Some(right), "{text}");
    }
}

#[test]
fn lost_letters_are_lost() {
    for text in [
        "M?laga",
        "Espa?a",
        "M\u{FFFD}laga",
        "M&zzz;laga",
        "M‡laga",
        "Le•n",
    ] {
        assert_eq!(damage(text), Some(Damage::Lost), "{text}");
    }
}

#[test]
fn a_letter_that_seems_lost_is_doubted() {
    for text in [
        "Bogot?",
        "?vila",
        "San Jos? del Cabo",
        "M??laga",
        "Lyon?",
        "M´laga",
        "Le´n",
        "Bogot´",
        "M√laga",
        "Bogot‡",
        "Espa~a",
        "Bogot¿",
    ] {
        assert_eq!(damage(text), Some(Damage::Doubtful), "{text}");
    }
}

#[test]
fn names_of_the_world_are_whole() {
    for text in [
        "Málaga",
        "São Paulo",
        "Wrocław",
        "Gießen",
        "Ma'anshan",
        "L’Hospitalet",
        "Honoluluʻokina",
        "Col·lectiu",
        "Winston-Salem",
        "Tromsø",
        "Zürich",
        "東京",
        "Санкт-Петербург",
        "Åbo",
        "Marks & Spencer",
        "¿Quién es quién?",
        "¡Hola!",
        "Nº 5",
        "1ª etapa",
        "«Unidos»",
        "AT&T",
        "Ångström",
        "Ñuñoa",
        "Île-de-France",
        "Łódź",
        "İzmir",
        "Đà Nẵng",
        "100 % limpio",
        "50 %de avance",
        "Lyon*",
        "LYON",
        "L´Aquila",
        "Xi´an",
        "O´Higgins",
        "5 µm",
        "A <-> B",
        "https://www.gob.mx/doc.php?id=AC%C3%B1",
        "véase www.dof.gob.mx/nota?codigo=5&fecha=1 y el anexo",
    ] {
        assert_eq!(damage(text), None, "{text}");
    }
}
