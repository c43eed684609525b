//! D6: privacy.

super::entries! {
SENSITIVE = "D601" "sensitive-value" Error "a value looks like a social security number or a date of birth"
    why "Git forgets nothing, and nothing here needs such a value. Remove it before it is committed; if it already was, have the history cleaned."
    bad "name: Ana Ruiz 123-45-6789" good "name: Ana Ruiz"
}
