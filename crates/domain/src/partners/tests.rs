use super::*;
use strum::VariantArray;

fn government(id: &str, name: &str) -> Government {
    Government {
        id: TenantId::new(id),
        tier: Tier::Municipality,
        kind: None,
        name: name.to_owned(),
        official_name: None,
        abbreviation: None,
        parent_id: Some(TenantId::new("14")),
        inegi_key: None,
        area_km2: None,
        valid_from: "2018".into(),
        valid_to: None,
    }
}

fn found(government: &str, code: PartnerReason, value: &str) -> Found {
    Found {
        government: TenantId::new(government),
        code,
        value: value.to_owned(),
        evidence: format!("/v1/{value}"),
    }
}

#[test]
fn each_reason_has_a_weight_and_counts_so_often_at_most() {
    let weighed: BTreeSet<PartnerReason> = WEIGHTS.iter().map(|(code, ..)| *code).collect();
    assert_eq!(weighed.len(), PartnerReason::VARIANTS.len());
    let themes = ["culture", "energy", "health", "water"];
    let all = themes.map(|key| found("14120", PartnerReason::Offers, key));
    let twice = found("14120", PartnerReason::Offers, "culture");
    let all = all.into_iter().chain([twice]).collect();
    let ranked = rank(all, &[government("14120", "Zapopan")]);
    assert_eq!((ranked[0].points, ranked[0].reasons.len()), (30, 3));
}

#[test]
fn the_most_points_come_first_then_the_name() {
    let all = BTreeSet::from([
        found("1", PartnerReason::Seeks, "culture"),
        found("2", PartnerReason::Seeks, "culture"),
        found("3", PartnerReason::Offers, "culture"),
        found("4", PartnerReason::AlreadyPartners, ""),
    ]);
    let names = [
        ("1", "Zapopan"),
        ("2", "Ázimo"),
        ("3", "Tala"),
        ("4", "Acatic"),
    ];
    let governments = names.map(|(id, name)| government(id, name));
    let ranked = rank(all, &governments);
    let order: Vec<&str> = ranked.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(order, ["Tala", "Ázimo", "Zapopan", "Acatic"]);
    let mut keys: Vec<String> = ranked.iter().map(Partner::key).collect();
    let shown = keys.clone();
    keys.sort();
    assert_eq!(keys, shown);
}

#[test]
fn an_inscription_tells_what_its_parties_have_done() {
    let made = |parties: &[&str]| Made {
        address: "/v1/registry/2026-000001".into(),
        parties: parties.iter().map(|id| TenantId::new(*id)).collect(),
        themes: vec!["culture".into(), "water".into(), "trade".into()],
        counterparts: vec![("Kioto".into(), Some("JP".into()))],
    };
    let mut ties = Ties::default();
    ties.add(&Made {
        themes: vec!["trade".into()],
        counterparts: vec![("KIOTO".into(), Some("JP".into()))],
        ..Made::default()
    });
    let wanted = Wanted::default().narrowed(&["water".into()]);
    let middle = TenantId::new("14039");
    let codes = |parties: &[&str]| -> Vec<PartnerReason> {
        let found = ties.reasons(&middle, &wanted, &made(parties));
        found.into_iter().map(|one| one.code).collect()
    };
    let expected = [
        PartnerReason::Experience,
        PartnerReason::CommonTheme,
        PartnerReason::CommonCounterpart,
        PartnerReason::CommonCountry,
    ];
    assert_eq!(codes(&["14120"]), expected);
    assert_eq!(codes(&["14039", "14120"]), [PartnerReason::AlreadyPartners]);
    assert_eq!(codes(&["14039"]), []);
}
