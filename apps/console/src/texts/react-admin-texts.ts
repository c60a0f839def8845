import type { Texts } from './texts.ts';

/** The texts of react-admin's own components that the console uses, by react-admin's keys. */
export const reactAdminTexts = {
  'ra.validation.required': ['Required', 'Pflichtfeld', 'Obligatorio', 'Obrigatório'],
  'ra.validation.minValue': ['At least {min}', 'Mindestens {min}', 'Al menos {min}', 'No mínimo {min}'],
  'ra.validation.maxValue': ['At most {max}', 'Höchstens {max}', 'Como máximo {max}', 'No máximo {max}'],
  'ra.validation.minLength': [
    'At least {min} characters',
    'Mindestens {min} Zeichen',
    'Al menos {min} caracteres',
    'Pelo menos {min} caracteres',
  ],
  'ra.validation.maxLength': [
    'At most {max} characters',
    'Höchstens {max} Zeichen',
    'Como máximo {max} caracteres',
    'No máximo {max} caracteres',
  ],
  'ra.validation.number': ['Must be a number', 'Muss eine Zahl sein', 'Debe ser un número', 'Deve ser um número'],
  'ra.message.invalid_form': [
    'Correct the fields that are marked',
    'Bitte die markierten Felder berichtigen',
    'Corrija los campos marcados',
    'Corrija os campos marcados',
  ],
  'ra.message.unsaved_changes': [
    'Your changes are not saved. Leave the page without them?',
    'Die Änderungen sind nicht gespeichert. Die Seite ohne sie verlassen?',
    'Los cambios no están guardados. ¿Salir de la página sin ellos?',
    'As alterações não foram salvas. Sair da página sem elas?',
  ],
  'ra.action.close': ['Close', 'Schließen', 'Cerrar', 'Fechar'],
  'ra.action.undo': ['Undo', 'Rückgängig', 'Deshacer', 'Desfazer'],
  'ra.action.clear_input_value': ['Clear', 'Leeren', 'Vaciar', 'Limpar'],
  'ra.boolean.true': ['Yes', 'Ja', 'Sí', 'Sim'],
  'ra.boolean.false': ['No', 'Nein', 'No', 'Não'],
  'ra.page.loading': ['Loading', 'Wird geladen', 'Cargando', 'Carregando'],
  'ra.message.loading': ['Please wait', 'Bitte warten', 'Espere un momento', 'Aguarde'],
  'ra.notification.item_doesnt_exist': [
    'This entry does not exist',
    'Diesen Eintrag gibt es nicht',
    'Esta entrada no existe',
    'Este item não existe',
  ],
  'ra.notification.http_error': [
    'The server did not answer',
    'Der Server hat nicht geantwortet',
    'El servidor no respondió',
    'O servidor não respondeu',
  ],
  'ra.notification.logged_out': [
    'Your session has ended. Sign in again.',
    'Die Sitzung ist beendet. Bitte wieder anmelden.',
    'La sesión ha terminado. Vuelva a iniciar sesión.',
    'A sessão terminou. Entre novamente.',
  ],
  'ra.auth.auth_check_error': [
    'Sign in to continue',
    'Zum Fortfahren anmelden',
    'Inicie sesión para continuar',
    'Entre para continuar',
  ],
} as const satisfies Texts;
