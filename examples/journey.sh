#!/usr/bin/env bash
# One agreement from draft to public registry, against a running demonstration:
#
#   cargo run -- demo            in one terminal
#   examples/journey.sh          in another
#
# It signs in as six people, takes every step with plain curl, and after each step shows what
# the others can and cannot see. It stops with a status other than 0 at the first surprise. It
# may be run as often as you like: each run opens a new case.
#
#   BASE      where the service listens (http://127.0.0.1:8080)
#   PASSWORD  the password of the demonstration's accounts

set -euo pipefail
# Lengths are counted in bytes, which the PDF's table of offsets needs.
export LC_ALL=C

BASE=${BASE:-http://127.0.0.1:8080}
PASSWORD=${PASSWORD:-demostracion-sin-secretos}
RUN="$(date +%s)-$$"
# Legal dates are days in Mexico City, six hours behind UTC all the year.
TODAY=$(TZ=CST6 date +%Y-%m-%d)

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# ---- helpers --------------------------------------------------------------------------------

surprise() {
    printf '\n  ✗ %s\n' "$1" >&2
    if [ -s "$work/body" ]; then
        printf '    the answer was: %s\n' "$(head -c 1500 "$work/body")" >&2
    fi
    exit 1
}

title() { printf '\n%s\n' "$1"; }
ok() { printf '  ✓ %s\n' "$1"; }

# call WHO METHOD PATH [curl arguments]: sets STATUS, and leaves $work/body and $work/head.
call() {
    local who=$1 method=$2 path=$3 token
    shift 3
    : >"$work/body"
    local headers=(-H 'accept-language: en')
    if [ "$who" != nobody ]; then
        token=$(cat "$work/token.$who")
        headers+=(-H "authorization: Bearer $token")
    fi
    # Who asks too often is told when to come back, and curl does.
    STATUS=$(curl --silent --show-error --max-time 30 --retry 3 --request "$method" "${headers[@]}" "$@" \
        --output "$work/body" --dump-header "$work/head" --write-out '%{http_code}' "$BASE$path") \
        || surprise "no answer from $BASE$path: is the demonstration running?"
}

# expect STATUS WHAT: the last answer had this status.
expect() {
    [ "$STATUS" = "$1" ] || surprise "$2: expected $1, got $STATUS"
    ok "$2 ($STATUS)"
}

# field NAME: the first text under this name in the last answer. The service writes JSON
# without spaces, so this is enough here; a real client uses a JSON library.
field() {
    awk -v key="\"$1\":\"" '
        (at = index($0, key)) { rest = substr($0, at + length(key)); sub(/".*/, "", rest); print rest; exit }
    ' "$work/body"
}

# header NAME, in small letters: of the last answer.
header() {
    awk -v key="$1: " '
        index(tolower($0), key) == 1 { sub(/\r$/, ""); print substr($0, length(key) + 1); exit }
    ' "$work/head"
}

contains() { grep -qF -- "$1" "$work/body"; }

post() { call "$1" POST "$2" -H 'content-type: application/json' --data "$3"; }

sign_in() {
    local who=$1 email=$2
    post nobody /v1/sessions "{\"email\":\"$email\",\"password\":\"$PASSWORD\"}"
    [ "$STATUS" = 201 ] || surprise "$email cannot sign in: $STATUS"
    field access_token >"$work/token.$who"
    ok "$who is $email"
}

# act WHO BODY: an action of the procedure, on the version that this person last read.
act() {
    call "$1" GET "/v1/agreements/$CASE"
    local tag
    tag=$(header etag)
    call "$1" POST "/v1/agreements/$CASE/transitions" \
        -H 'content-type: application/json' -H "if-match: $tag" --data "$2"
}

# patch WHO BODY: a change of the draft.
patch() {
    call "$1" GET "/v1/agreements/$CASE"
    local tag
    tag=$(header etag)
    call "$1" PATCH "/v1/agreements/$CASE" \
        -H 'content-type: application/merge-patch+json' -H "if-match: $tag" --data "$2"
}

# stage_is STAGE: the last answer shows the case in this stage.
stage_is() {
    [ "$(field stage)" = "$1" ] || surprise "expected the stage $1, got $(field stage)"
    ok "the case is in $1"
}

# sight WHAT PATH WHO=STATUS...: what each of them gets for the same address.
sight() {
    local what=$1 path=$2 line="" pair who wanted
    shift 2
    for pair in "$@"; do
        who=${pair%%=*} wanted=${pair#*=}
        call "$who" GET "$path"
        [ "$STATUS" = "$wanted" ] || surprise "$what, read by $who: expected $wanted, got $STATUS"
        line="$line  $who $STATUS"
    done
    ok "$what:$line"
}

# pdf LINE FILE: the smallest honest PDF, one page with one line, its offsets counted.
pdf() {
    local stream="BT /F1 18 Tf 60 720 Td ($1) Tj ET" text offsets=() number=0 object start
    local objects=(
        '<< /Type /Catalog /Pages 2 0 R >>'
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>'
        "<< /Length ${#stream} >>"$'\nstream\n'"$stream"$'\nendstream'
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
    )
    text=$'%PDF-1.4\n'
    for object in "${objects[@]}"; do
        number=$((number + 1))
        offsets+=("${#text}")
        text+="$number 0 obj"$'\n'"$object"$'\nendobj\n'
    done
    start=${#text}
    {
        printf '%s' "$text"
        printf 'xref\n0 %d\n0000000000 65535 f \n' $((number + 1))
        printf '%010d 00000 n \n' "${offsets[@]}"
        printf 'trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' $((number + 1)) "$start"
    } >"$2"
}

# attach WHO KIND LINE [curl arguments]: uploads a PDF; its id is then DOCUMENT.
attach() {
    local who=$1 kind=$2 line=$3
    shift 3
    pdf "$line" "$work/$kind.pdf"
    call "$who" POST "/v1/agreements/$CASE/documents" -F "kind=$kind" "$@" \
        -F "file=@$work/$kind.pdf;type=application/pdf"
    [ "$STATUS" = 201 ] || surprise "$who adds a document of kind $kind: expected 201, got $STATUS"
    DOCUMENT=$(field id)
    ok "$who adds a PDF of kind $kind ($STATUS)"
}

# ---- the journey ----------------------------------------------------------------------------

title "1. Six people sign in; 'nobody' has no token"
sign_in officer officer@14039.vinculo.example
sign_in state liaison@14.vinculo.example
sign_in intake liaison@00.vinculo.example
sign_in legal legal_reviewer@00.vinculo.example
sign_in registrar registrar@00.vinculo.example
sign_in sibling officer@14120.vinculo.example

title "2. Guadalajara opens a draft (borrador)"
post officer /v1/counterparts "{\"kind\":\"foreign_government\",\"level\":\"local\",\"name\":\"Ciudad de Kioto $RUN\",\"country\":\"JP\"}"
expect 201 "officer writes down the counterpart"
COUNTERPART=$(field id)
sight "the counterpart" "/v1/counterparts/$COUNTERPART" officer=200 state=404 intake=404 sibling=404 nobody=401
post officer /v1/agreements "{\"kind\":\"twinning\",\"title\":\"Hermanamiento Guadalajara y Kioto $RUN\",\"counterparts\":[\"$COUNTERPART\"],\"themes\":[\"culture\"],\"sdg_targets\":[\"11.4\"],\"languages\":[\"es\",\"ja\"],\"own_powers\":[\"73-XXIX-NN\"],\"validity\":{\"term\":\"indefinite\"}}"
expect 201 "officer opens the case"
CASE=$(field id)
stage_is draft
sight "the case" "/v1/agreements/$CASE" officer=200 state=404 intake=404 legal=404 registrar=404 sibling=404 nobody=401

title "3. It cannot be submitted half done"
act officer '{"action":"submit"}'
expect 422 "submit is refused while something is missing"
for need in text_set council_minutes; do
    contains "\"code\":\"$need\"" || surprise "the refusal does not name $need"
    ok "the refusal names $need"
done
attach officer text "Texto es $RUN" -F language=es
SPANISH=$DOCUMENT
attach officer text "Texto ja $RUN" -F language=ja
JAPANESE=$DOCUMENT
post officer "/v1/agreements/$CASE/text-sets" "{\"texts\":[{\"language\":\"es\",\"authenticity\":\"authentic\",\"document_id\":\"$SPANISH\"},{\"language\":\"ja\",\"authenticity\":\"authentic\",\"document_id\":\"$JAPANESE\"}]}"
expect 201 "officer makes them version 1 of the texts"
attach officer council_minutes "Acta de cabildo $RUN"
MINUTES=$DOCUMENT
patch officer "{\"council_approval\":{\"session_on\":\"$TODAY\",\"document_id\":\"$MINUTES\",\"members\":19,\"votes_for\":15,\"votes_against\":4}}"
expect 200 "officer records the council's vote"
contains '"council_two_thirds_met":true' || surprise "15 of 19 should be two thirds"
ok "15 of 19 are two thirds of the council"
sight "the case" "/v1/agreements/$CASE" officer=200 state=404 intake=404 sibling=404
sight "the Spanish text" "/v1/agreements/$CASE/documents/$SPANISH/content" officer=200 state=404 intake=404 sibling=404

title "4. Submitted: the collaboration mechanism routes it to the state"
act officer '{"action":"submit","note":"Va para su revision."}'
expect 200 "officer submits"
stage_is state_review
sight "the case" "/v1/agreements/$CASE" officer=200 state=200 intake=404 legal=404 registrar=404 sibling=404
sight "the Spanish text" "/v1/agreements/$CASE/documents/$SPANISH/content" officer=200 state=200 intake=404 sibling=404
call state GET "/v1/agreements/$CASE"
contains '"level":"submitted"' || surprise "the state should read what was submitted"
if contains '"draft":'; then surprise "the state reads the draft"; fi
ok "the state reads the submission, not the draft"
call sibling POST "/v1/agreements/$CASE/transitions" -H 'content-type: application/json' -H 'if-match: "1.x"' --data '{"action":"forward","note":"Mio."}'
expect 404 "sibling cannot even find out that there is a case to forward"
act officer '{"action":"forward","note":"Me lo turno."}'
expect 403 "officer sees the case but may not forward it"

title "5. The state returns it, and sees nothing of what is written afterwards"
act state '{"action":"return_to_owner","remarks":[{"text":"Precise el objeto del acuerdo.","language":"es"}]}'
expect 200 "state returns it with a remark"
stage_is returned
call state GET "/v1/agreements/$CASE"
BEFORE=$(header etag)
patch officer "{\"objective\":\"Intercambio cultural $RUN\"}"
expect 200 "officer changes the draft"
call state GET "/v1/agreements/$CASE"
[ "$(header etag)" = "$BEFORE" ] || surprise "the state can tell that the draft changed"
if contains "Intercambio cultural"; then surprise "the state reads the new draft"; fi
ok "for the state nothing has moved: same ETag, same text"
sight "the case" "/v1/agreements/$CASE" officer=200 state=200 intake=404 sibling=404
call officer GET "/v1/agreements/$CASE"
REMARK=$(sed -n 's/.*"remarks":\[{"id":"\([^"]*\)".*/\1/p' "$work/body")
act officer '{"action":"resubmit","answers":[]}'
expect 422 "resubmit is refused while the remark has no answer"
act officer "{\"action\":\"resubmit\",\"answers\":[{\"remark_id\":\"$REMARK\",\"text\":\"Se preciso el objeto.\"}]}"
expect 200 "officer answers and sends it again"
stage_is state_review
call state GET "/v1/agreements/$CASE"
contains "Intercambio cultural" || surprise "the state should read the second submission"
ok "now the state reads the second submission"

title "6. The state forwards it to SRE"
act state '{"action":"forward","note":"Sin inconveniente."}'
expect 200 "state forwards"
stage_is federal_intake
sight "the case" "/v1/agreements/$CASE" officer=200 state=200 intake=200 legal=200 registrar=200 sibling=404 nobody=401
act state '{"action":"accept","file_number":"X","checklist":[]}'
expect 403 "accepting is not the state's"

title "7. SRE takes it in and issues its opinion (dictamen)"
act intake "{\"action\":\"accept\",\"file_number\":\"DGCP-$RUN\",\"checklist\":[\"parties\",\"own_powers\",\"spanish_text\",\"other_languages\",\"council_minutes\"]}"
expect 200 "intake accepts it under a file number"
stage_is legal_review
attach legal opinion "Dictamen $RUN"
OPINION=$DOCUMENT
sight "the opinion before it is issued" "/v1/agreements/$CASE/documents/$OPINION" legal=200 officer=404 state=404 sibling=404
act legal "{\"action\":\"issue_opinion\",\"result\":\"favorable\",\"number\":\"CJA-$RUN\",\"issued_on\":\"$TODAY\",\"document_id\":\"$OPINION\"}"
expect 200 "legal issues a favourable opinion"
stage_is opinion_favorable
sight "the opinion once issued" "/v1/agreements/$CASE/documents/$OPINION" legal=200 officer=200 state=404 sibling=404

title "8. The parties sign; the signed copy goes to the registry"
act officer "{\"action\":\"record_signature\",\"signed_on\":\"$TODAY\",\"place\":\"Guadalajara\",\"signatories\":[{\"side\":\"mexican\",\"party\":\"14039\",\"name\":\"Persona Uno\",\"post\":\"Presidencia municipal\",\"capacity\":\"Titular\"},{\"side\":\"counterpart\",\"party\":\"$COUNTERPART\",\"name\":\"Persona Dos\",\"post\":\"Alcaldia\",\"capacity\":\"Titular\"}],\"originals\":[{\"language\":\"es\",\"authenticity\":\"authentic\",\"count\":2},{\"language\":\"ja\",\"authenticity\":\"authentic\",\"count\":2}]}"
expect 200 "officer records the signature"
stage_is signed
act officer '{"action":"send_to_registry"}'
expect 422 "send_to_registry is refused without a signed copy"
attach officer signed_copy "Firmado $RUN" -F language=es
cp "$work/signed_copy.pdf" "$work/sent.pdf"
SIGNED=$DOCUMENT
sight "the signed copy before it is sent" "/v1/agreements/$CASE/documents/$SIGNED/content" officer=200 state=404 registrar=404 sibling=404
act officer '{"action":"send_to_registry"}'
expect 200 "officer sends it"
stage_is pending_registration
sight "the signed copy once sent" "/v1/agreements/$CASE/documents/$SIGNED/content" officer=200 state=404 registrar=200 sibling=404
act legal '{"action":"register","text_matches":true}'
expect 403 "who gives opinions does not inscribe"

title "9. Inscribed, and public without a token"
act registrar '{"action":"register","text_matches":true}'
expect 200 "registrar inscribes it"
stage_is registered
NUMBER=$(field inscription)
sight "the inscription $NUMBER" "/v1/registry/$NUMBER" nobody=200 sibling=200
sight "the case behind it" "/v1/agreements/$CASE" officer=200 state=200 registrar=200 sibling=404 nobody=401
call nobody GET "/v1/registry/$NUMBER"
contains '"name":"Guadalajara"' || surprise "the inscription should name Guadalajara"
call nobody GET "/v1/registry/$NUMBER/documents/$SIGNED/content"
cmp -s "$work/body" "$work/sent.pdf" || surprise "the public PDF is not the one that was sent"
ok "anyone downloads the signed PDF, byte for byte"
call nobody GET "/v1/registry?municipality=14039&country=JP&q=$RUN"
contains "\"number\":\"$NUMBER\"" || surprise "the registry does not find it"
ok "anyone finds it by municipality, country and words"

printf '\nDone: %s/v1/registry/%s\n' "$BASE" "$NUMBER"
