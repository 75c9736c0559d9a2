//! Files of past agreements: the file, its rows and its encoding.

use super::{Said, Text};

texts! {
    cell_control_characters:
        "Quite los saltos de línea y los demás caracteres de control de la celda."
        / "Remove line breaks and other control characters from the cell.";
    cell_unreadable:
        "La celda tiene letras ilegibles: corríjalas y guarde el archivo como CSV UTF-8."
        / "The cell has unreadable letters: correct them and save the file as CSV UTF-8.";
    cell_misread:
        "El texto se dañó al cambiar de codificación: ¿es este? Escríbalo con sus acentos."
        / "The text was damaged when its encoding was changed: is it this one? Write it with its accents.";
    partly_old(count):
        "El archivo está en UTF-8, salvo {count} líneas que se leyeron como Windows-1252: revise sus acentos."
        / "The file is UTF-8 except for {count} lines, which were read as Windows-1252: check their accents.";
    old_encoding(name):
        "El archivo no está en UTF-8 y se leyó como {name}: revise los acentos."
        / "The file is not UTF-8 and was read as {name}: check the accents.";
    which_encoding(better, first, usual, second, key, other):
        "El archivo parece estar en {better}: así dice «{first}», y en {usual} diría «{second}». Guárdelo como CSV UTF-8 o indique la codificación: encoding={key} o encoding={other}."
        / "The file seems to be in {better}: so it says “{first}”, and in {usual} it would say “{second}”. Save it as CSV UTF-8 or name the encoding: encoding={key} or encoding={other}.";
    not_text:
        "El archivo no es texto: en la hoja de cálculo use «Guardar como CSV UTF-8» y envíe ese archivo."
        / "The file is not text: in the spreadsheet use “Save as CSV UTF-8” and send that file.";
    too_large(megabytes):
        "El archivo pasa de {megabytes} MB: divídalo."
        / "The file is larger than {megabytes} MB: split it.";
    too_many_rows(most):
        "El archivo pasa de {most} filas: divídalo."
        / "The file has more than {most} rows: split it.";
    header_line(line):
        "El encabezado se leyó en la línea {line}; lo anterior no se usó."
        / "The header was read in line {line}; what stands above it was not used.";
    empty_rows(count):
        "Se omitieron las filas vacías: {count}."
        / "Empty rows were left out: {count}.";
    unclosed_quote:
        "Cierre las comillas de esta línea; las siguientes se leyeron aparte."
        / "Close the quotation mark of this line; the lines after it were read by themselves.";
    unequal_fields(found, wanted):
        "La fila tiene {found} celdas y el encabezado {wanted}: revise las comillas y los separadores."
        / "The row has {found} cells and the header {wanted}: check the quotation marks and separators.";
    same_number(line):
        "La línea {line} tiene el mismo número: ¿de cuál de los dos es?"
        / "Line {line} has the same number: to which of the two does it belong?";
    other_number_of_line(line):
        "La línea {line} tiene el mismo acuerdo con otro número o sin número: ¿cuál es su número de registro? Deje una sola fila, con el número correcto."
        / "Line {line} has the same agreement with another number or without one: which is its registry number? Leave one row only, with the right number.";
    row_counter:
        "Los números de esta columna se repiten o van seguidos, como los de un renglón: ¿es el número de un registro anterior? Escríbalo con sus iniciales, como RAI-0031, o deje la celda vacía."
        / "The numbers of this column are repeated or follow each other, like those of rows: is it the number of an earlier registry? Write it with its initials, such as RAI-0031, or leave the cell empty.";
    column_meaning:
        "Escriba significado=encabezado, por ejemplo municipality=Mpio."
        / "Write meaning=heading, such as municipality=Mpio.";
    external_id_column:
        "Escriba encabezado=sistema, por ejemplo folio=siga-jalisco."
        / "Write heading=system, such as folio=siga-jalisco.";
    encoding:
        "Escriba el nombre de una codificación."
        / "Write the name of an encoding.";
    which_government:
        "¿De qué gobierno se trata? Escriba su clave del INEGI: la de un municipio en la columna del municipio; la de un estado, en la del estado."
        / "Which government is meant? Write its INEGI key: a municipality's in the column of the municipality, a state's in that of the state.";
    which_municipality:
        "La celda del municipio no dice cuál es: escriba su clave del INEGI, o deje la celda vacía si el acuerdo es del estado."
        / "The municipality's cell does not say which one: write its INEGI key, or leave the cell empty if the agreement is the state's.";
    government_required:
        "Indique la entidad o el municipio."
        / "Name the state or the municipality.";
    unknown_government:
        "No hay gobierno con ese nombre: escriba el nombre oficial o la clave del INEGI."
        / "No government has this name: write the official name or the INEGI key.";
    which_country:
        "¿De qué país se trata? Escriba su nombre o su clave ISO de tres letras."
        / "Which country is meant? Write its name or its three-letter ISO code.";
    unknown_country:
        "No hay país con ese nombre: escriba el nombre usual o la clave ISO de dos letras."
        / "No country has this name: write the usual name or the two-letter ISO code.";
    counterpart_required:
        "Indique la contraparte."
        / "Name the counterpart.";
    several_counterparts:
        "¿Son varias contrapartes? Escriba cada una en su propia fila; si es una sola, anteponga qué es: «Ciudad de…», «Provincia de…»."
        / "Are these several counterparts? Write each one in a row of its own; if it is only one, put what it is before it: “Ciudad de…”, “Provincia de…”.";
    which_kind:
        "¿Qué tipo de acuerdo es?"
        / "What kind of agreement is it?";
    which_date:
        "¿Cuál es la fecha de firma? Escríbala como AAAA-MM-DD."
        / "Which is the date of signature? Write it as YYYY-MM-DD.";
    serial_date:
        "La celda tiene el número de serie de una hoja de cálculo."
        / "The cell holds the serial number of a spreadsheet.";
    month_first:
        "Otra celda de la columna tiene el mes antes del día."
        / "Another cell of the column has the month before the day.";
    date:
        "Escriba una fecha que exista, de los años 1800 a 2200: AAAA, AAAA-MM, AAAA-MM-DD o DD/MM/AAAA."
        / "Write a date that exists, of the years 1800 to 2200: YYYY, YYYY-MM, YYYY-MM-DD or DD/MM/YYYY.";
    registry_number:
        "¿Es el número de un registro anterior? Escríbalo como consta: iniciales, número y, si lo hay, año, unidos con guion, punto o diagonal: RAI-0031, 12/80, SRE/2019/044, 2026-000001; o deje la celda vacía."
        / "Is it the number of an earlier registry? Write it as it stands there: initials, number and, if there is one, year, joined by a hyphen, full stop or slash: RAI-0031, 12/80, SRE/2019/044, 2026-000001; or leave the cell empty.";
    external_id_too_long(max):
        "Acorte el identificador: se admiten {max} caracteres como máximo."
        / "Shorten the id: at most {max} characters are admitted.";
    too_many_columns(most):
        "El encabezado pasa de {most} columnas."
        / "The header has more than {most} columns.";
    missing_columns(line, wanted):
        "Faltan columnas en el encabezado, que se leyó en la línea {line}: {wanted}. Si alguna lleva otro encabezado, por ejemplo «Mpio.», indíquelo con column=\"municipality=Mpio.\"."
        / "Columns are missing from the header, which was read in line {line}: {wanted}. If one has another heading, such as “Mpio.”, say so with column=\"municipality=Mpio.\".";
    unknown_heading(named, known):
        "El archivo no tiene la columna «{named}»; tiene: {known}."
        / "The file has no column “{named}”; it has: {known}.";
    repeated_column(label, first, second):
        "Dos columnas significan «{label}»: «{first}» y «{second}». Deje una sola, u omita una con column=\"ignore={first}\" o column=\"ignore={second}\". Si los encabezados son iguales, # y un número los distinguen."
        / "Two columns mean “{label}”: “{first}” and “{second}”. Keep only one, or leave one out with column=\"ignore={first}\" or column=\"ignore={second}\". If the headings are equal, # and a number tell them apart.";
    doubtful_column(heading, ways):
        "No se sabe qué significa la columna «{heading}»: indíquelo con {ways}."
        / "It is not clear what the column “{heading}” means: say so with {ways}.";
    unused_column(heading):
        "La columna «{heading}» no se usó."
        / "The column “{heading}” was not used.";
    recorded_in_error:
        "Este acuerdo ya constaba y se retiró por haberse registrado por error. Si debe constar, regístrelo de forma individual (POST /v1/past-agreements) y señale el motivo."
        / "This agreement was on record and was withdrawn as recorded in error. If it belongs on record, record it by itself (POST /v1/past-agreements) and say why.";
    number_on_record(code):
        "Ese número de registro ya consta en la inscripción {code}. Revise el número, o deje la celda vacía para registrar el acuerdo sin inscribirlo."
        / "This registry number is on record in the inscription {code}. Check the number, or leave the cell empty to record the agreement without inscribing it.";
    other_number_on_record:
        "El acuerdo ya consta, pero no con este número de registro. Revise el número, o deje la celda vacía."
        / "The agreement is on record, but not with this registry number. Check the number, or leave the cell empty.";
    not_inscribed:
        "Un acuerdo de este tipo no se inscribe, así que no puede tener número de registro. Corrija el tipo o el país, o deje la celda vacía para registrar el acuerdo."
        / "An agreement of this kind is not inscribed, so it can have no registry number. Correct the kind or the country, or leave the cell empty to record the agreement.";
    undone:
        "La importación se deshizo: envíe el archivo de nuevo."
        / "The import was undone: send the file again.";
    undone_before:
        "La importación ya se deshizo: no queda nada por deshacer."
        / "The import has been undone already: nothing is left to undo.";
    not_yours:
        "Un estado importa sus propios acuerdos y los de sus municipios."
        / "A state imports its own agreements and those of its municipalities.";
    id_taken:
        "Otro registro suyo ya tiene este identificador: revise si es el mismo acuerdo."
        / "Another record of yours has this id: see whether it is the same agreement.";
    title_twinning(counterpart):
        "Acuerdo de hermanamiento con {counterpart}"
        / "Twinning agreement with {counterpart}";
    title_cooperation(counterpart):
        "Acuerdo de cooperación específica con {counterpart}"
        / "Agreement of specific cooperation with {counterpart}";
    title_intent(counterpart):
        "Carta de intención con {counterpart}"
        / "Statement of intent with {counterpart}";
    title_contract(counterpart):
        "Contrato con {counterpart}"
        / "Contract with {counterpart}";
    yes_another:
        "Sí, es otro acuerdo"
        / "Yes, it is another agreement";
    no_the_same:
        "No, es el mismo"
        / "No, it is the same";
    another_unclear:
        "¿Es un acuerdo distinto del que consta con la misma contraparte? Escriba «sí» o «no»."
        / "Is it another agreement than the one with the same counterpart? Write “yes” or “no”.";
    another_of_line(line):
        "La línea {line} tiene un acuerdo del mismo tipo y con la misma contraparte, y la fecha puede ser la misma: ¿es este? Si es el mismo, deje una sola fila o corrija la fecha del que consta; si es otro, escriba «sí» en la columna «otro acuerdo»."
        / "Line {line} has an agreement of the same kind and with the same counterpart, and the date may be the same: is it this one? If it is, leave one row only or correct the date of the record; if it is another one, write “yes” in a column “another agreement”.";
    another_of_record(title):
        "Ya consta el acuerdo «{title}», del mismo tipo y con la misma contraparte, y la fecha puede ser la misma: ¿es este? Si es el mismo, deje una sola fila o corrija la fecha del que consta; si es otro, escriba «sí» en la columna «otro acuerdo»."
        / "On record is the agreement “{title}”, of the same kind and with the same counterpart, and the date may be the same: is it this one? If it is, leave one row only or correct the date of the record; if it is another one, write “yes” in a column “another agreement”.";
    another_of_some_record:
        "Ya consta un acuerdo del mismo tipo y con la misma contraparte, y la fecha puede ser la misma: ¿es este? Si es el mismo, deje una sola fila o corrija la fecha del que consta; si es otro, escriba «sí» en la columna «otro acuerdo»."
        / "On record is an agreement of the same kind and with the same counterpart, and the date may be the same: is it this one? If it is, leave one row only or correct the date of the record; if it is another one, write “yes” in a column “another agreement”.";
}
