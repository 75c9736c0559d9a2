use super::level_of_name;
use crate::counterparts::CounterpartLevel::{Local, Regional};

#[test]
fn a_level_is_read_where_it_is_certain() {
    for (name, country, level) in [
        ("Downey, California", "US", Some(Local)),
        ("Lansing, Míchigan, EUA", "US", Some(Local)),
        ("Atlanta, Georgia", "US", Some(Local)),
        ("Quebec, Quebec", "CA", Some(Local)),
        ("Calvillo, Aguascalientes", "MX", Some(Local)),
        ("Provincia de Buenos Aires", "AR", Some(Regional)),
        ("Estado de México", "MX", Some(Regional)),
        ("Estado de Texas", "US", Some(Regional)),
        ("Estado de São Paulo", "BR", Some(Regional)),
        ("Prefectura de Kioto", "JP", Some(Regional)),
        ("Departamento de Antioquia", "CO", Some(Regional)),
        ("Junta de Andalucía", "ES", Some(Regional)),
    ] {
        assert_eq!(level_of_name(name, country), level, "{name}");
    }
}

#[test]
fn a_level_is_not_guessed() {
    for (name, country) in [
        ("Estado de Israel", "IL"),
        ("Estado de Palestina", "PS"),
        ("Prefectura de São Paulo", "BR"),
        ("Junta de Freguesia de Belém", "PT"),
        ("Junta de Comercio", "GB"),
        ("Departamento de Policía de Los Ángeles", "US"),
        ("Departamento de Salud", "CO"),
        ("Gobierno de Baviera, Múnich", "DE"),
        ("Gobierno Federal de Alemania, Berlín", "DE"),
        ("Gobernación de Antioquia, Medellín", "CO"),
        ("UNESCO, París", "FR"),
        ("Banco Mundial, Washington", "US"),
        ("Sichuan, Rep. Popular China", "CN"),
        ("Baja Sajonia, Alem.", "DE"),
        ("Kobe, Nara y Gifu", "JP"),
        ("Texas, EUA", "US"),
    ] {
        assert_eq!(level_of_name(name, country), None, "{name}");
    }
}
