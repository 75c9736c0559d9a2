//! Why a file is refused, and what to send instead.

use super::{Said, Text};

texts! {
    not_a_pdf:
        "El archivo no es un PDF ni una imagen JPEG o PNG. Envíe el documento como PDF."
        / "The file is neither a PDF nor a JPEG or PNG image. Send the document as a PDF.";
    text_is_no_pdf:
        "El texto negociado se envía como PDF, no como imagen."
        / "The negotiated text is sent as a PDF, not as an image.";
    image_unreadable:
        "La imagen está incompleta o no se puede leer. Escanee de nuevo el documento o envíelo como PDF."
        / "The image is incomplete or cannot be read. Scan the document again, or send it as a PDF.";
    glued_before:
        "Hay otros datos antes del PDF. Envíe un archivo que empiece con el PDF."
        / "There are other data before the PDF. Send a file that begins with the PDF.";
    glued_after:
        "El archivo contiene otros datos además del PDF o de la imagen. Guarde de nuevo el documento y envíe solo eso."
        / "The file contains other data besides the PDF or the image. Save the document again and send only that.";
    truncated:
        "Al PDF le falta el final. Envíe el archivo completo."
        / "The end of the PDF is missing. Send the whole file.";
    unreadable:
        "La estructura del PDF está dañada. Ábralo, guárdelo de nuevo como PDF y envíe esa copia; si está firmado, pida el archivo original."
        / "The structure of the PDF is damaged. Open it, save it as a PDF again and send that copy; if it is signed, ask for the original file.";
    too_complex:
        "El archivo es demasiado complejo para revisarlo. Imprímalo como PDF o divídalo en partes."
        / "The file is too complex to be checked. Print it as a PDF, or split it into parts.";
    too_large:
        "El archivo tiene páginas o imágenes de tamaño excesivo. Escanéelo con menor resolución."
        / "The file has pages or images of excessive size. Scan it at a lower resolution.";
    encrypted:
        "El PDF está cifrado o protegido. Quite la protección y envíelo de nuevo."
        / "The PDF is encrypted or protected. Take the protection off and send it again.";
    javascript:
        "El PDF contiene programas (JavaScript). Imprímalo como PDF para quitarlos."
        / "The PDF contains scripts (JavaScript). Print it as a PDF to take them out.";
    active_action:
        "El PDF contiene acciones que abren programas o archivos, o que envían datos. Imprímalo como PDF para quitarlas."
        / "The PDF contains actions that open programs or files, or that send data. Print it as a PDF to take them out.";
    automatic_action:
        "El PDF contiene acciones que se ejecutan solas. Imprímalo como PDF para quitarlas."
        / "The PDF contains actions that run by themselves. Print it as a PDF to take them out.";
    embedded_file:
        "El PDF contiene archivos adjuntos. Quítelos y agregue cada uno como otro documento."
        / "The PDF contains attached files. Take them out and add each as a document of its own.";
    external_file:
        "El PDF toma contenido de otro archivo. Guárdelo de nuevo con todo su contenido."
        / "The PDF takes content from another file. Save it again with all of its content.";
    rich_media:
        "El PDF contiene video, sonido o modelos 3D. Imprímalo como PDF para quitarlos."
        / "The PDF contains film, sound or 3D models. Print it as a PDF to take them out.";
    xfa_form:
        "El PDF contiene un formulario XFA. Imprímalo como PDF para conservar lo que muestra."
        / "The PDF contains an XFA form. Print it as a PDF to keep what it shows.";
}
