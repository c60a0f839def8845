export { changePassword } from './change-password.ts';
export { checkCurrentPassword, type VerifiedCredentials, wrongPassword } from './check-credentials.ts';
export { emailField, knownEmailField, newPasswordField, passwordField } from './credential-fields.ts';
export { firstSpelled } from './first-spelled.ts';
export { createPasswordLimits, type PasswordLimitOptions, type PasswordLimits } from './password-limits.ts';
export { createPasswords, type Passwords } from './passwords.ts';
export { signedInAnswer, signedInSchema } from './signed-in-answer.ts';
