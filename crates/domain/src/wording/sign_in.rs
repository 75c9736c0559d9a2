//! Accounts and passwords.

use super::{Said, Text};

texts! {
    email:
        "Escriba una dirección de correo completa."
        / "Write a complete e-mail address.";
    password(from, to):
        "Use una contraseña de {from} a {to} caracteres; se recomienda una frase."
        / "Use a password of {from} to {to} characters; a phrase is good.";
    again:
        "La sesión terminó o este token ya no sirve: inicie sesión de nuevo con su correo y su contraseña."
        / "The session has ended or this token is no longer good: sign in again with your e-mail and your password.";
    which_government:
        "Indique para cuál de sus gobiernos."
        / "Say for which of your governments.";
}
