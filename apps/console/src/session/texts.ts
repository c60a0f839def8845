import type { Texts } from '../texts/texts.ts';

export const sessionTexts = {
  'signIn.title': ['Sign in', 'Anmelden', 'Iniciar sesión', 'Entrar'],
  'signIn.email': ['E-mail address', 'E-Mail-Adresse', 'Correo electrónico', 'E-mail'],
  'signIn.password': ['Password', 'Passwort', 'Contraseña', 'Senha'],
  'signIn.submit': ['Sign in', 'Anmelden', 'Iniciar sesión', 'Entrar'],
  'signIn.wrong': [
    'E-mail address or password is wrong.',
    'E-Mail-Adresse oder Passwort ist falsch.',
    'El correo o la contraseña no es correcto.',
    'O e-mail ou a senha está incorreto.',
  ],
  'signIn.forgotten': [
    'Forgot the password? An admin can help.',
    'Passwort vergessen? Ein Admin kann helfen.',
    '¿Olvidó la contraseña? Un administrador puede ayudarle.',
    'Esqueceu a senha? Um administrador pode ajudar.',
  ],
  'noRole.title': ['No role in the console', 'Keine Rolle in der Konsole', 'Sin rol en la consola', 'Sem papel no console'],
  'noRole.text': [
    'The account {email} has no role here. Ask an admin for the role staff, or sign in with another account.',
    'Das Konto {email} hat hier keine Rolle. Bitte einen Admin um die Rolle staff bitten oder ein anderes Konto nehmen.',
    'La cuenta {email} no tiene ningún rol aquí. Pida a un administrador el rol staff o use otra cuenta.',
    'A conta {email} não tem papel aqui. Peça a um administrador o papel staff ou use outra conta.',
  ],
  'expired.title': ['Your session has ended', 'Die Sitzung ist beendet', 'Su sesión ha terminado', 'Sua sessão terminou'],
  'expired.text': [
    'Sign in again to go on. What you typed is still there.',
    'Zum Weiterarbeiten wieder anmelden. Die Eingaben sind noch da.',
    'Vuelva a iniciar sesión para seguir. Lo que escribió sigue ahí.',
    'Entre novamente para continuar. O que você digitou ainda está aí.',
  ],
} as const satisfies Texts;
