use super::*;

#[test]
fn the_environment_stands_over_the_file_and_unknown_keys_are_refused() {
    let config = Config::read(
        "bind = \"0.0.0.0:80\"\npool = 4",
        vec![("pool", "6".into())],
    )
    .unwrap();
    assert_eq!((config.bind.port(), config.pool), (80, 6));
    assert!(Config::read("bindd = \"0.0.0.0:80\"", vec![]).is_err());
    assert!(Config::read("", vec![("pool", "many".into())]).is_err());
    assert!(Config::read("database_url = \"vinculo.db\"", vec![]).is_err());
    let address = vec![("public_url", "https://convenios.example/".into())];
    let config = Config::read("", address).unwrap();
    assert_eq!(config.public_url, "https://convenios.example");
    let pooler = "database_pooler = \"transaction\"";
    assert!(Config::read(pooler, vec![]).is_err());
    let behind = vec![("database_url", "postgres://app@localhost/v".into())];
    let config = Config::read(pooler, behind.clone()).unwrap();
    assert_eq!(config.database_pooler, Pooler::Transaction);
    assert!(Config::read("database_pooler = \"session\"", behind).is_err());
    let refused = |name: &str| refuse_unknown([name.to_owned()].into_iter()).is_err();
    assert!(refused("VINCULO_POOLS") && !refused("VINCULO_POOL") && !refused("PATH"));
}

#[test]
fn the_edge_is_set_by_lists_and_figures() {
    let set = |key, value: &str| Config::read("", vec![(key, value.to_owned())]);
    let config = set("trusted_proxies", "10.1.0.0/16, fd00::7").unwrap();
    assert_eq!(config.trusted_proxies, ["10.1.0.0/16", "fd00::7"]);
    assert!(
        set("trusted_proxies", "")
            .unwrap()
            .trusted_proxies
            .is_empty()
    );
    let config = set("allowed_origins", "https://a.example,https://b.example").unwrap();
    assert_eq!(config.allowed_origins.len(), 2);
    assert_eq!(
        set("person_per_minute", "1200").unwrap().rates().person,
        1200
    );
    for (key, value) in [
        ("trusted_proxies", "0.0.0.0/0"),
        ("trusted_proxies", "10.0.0.1,::/0"),
        ("allowed_origins", "*"),
        ("allowed_origins", "https://a.example/path"),
        ("anonymous_per_minute", "0"),
        ("sign_ins_per_minute", "none"),
        ("government_per_minute", "-1"),
        ("connections", "0"),
        ("connections_per_address", "0"),
        ("stale_after_days", "-1"),
        ("abandon_after_days", "36501"),
        ("drain_seconds", "3601"),
        ("quota_gb", "-1"),
        ("metrics_bind", "9090"),
        ("metrics_bind", "127.0.0.1:8080"),
        ("access_log", "yes"),
        ("file_check_mb_per_second", "fast"),
        ("public_url", "convenios.example"),
        ("log", "verbose"),
    ] {
        assert!(set(key, value).is_err(), "{key} {value}");
    }
    assert!(Config::read("trusted_proxies = [\"::/0\"]", vec![]).is_err());
    // Every setting is also a variable.
    let shown = Config::default().redacted().unwrap();
    let unset = ["database_url", "migration_url", "backup_url", "pg_dump"];
    for key in KEYS.iter().filter(|key| !unset.contains(key)) {
        assert!(shown.contains(&format!("{key} = ")), "{key}");
    }
    assert_eq!(shown.lines().count(), KEYS.len() - 3);
}
