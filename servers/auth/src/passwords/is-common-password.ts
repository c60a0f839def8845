import { dictionary } from '@zxcvbn-ts/language-common';

/** The 50,000 that leaked most often, in small letters. */
const commonPasswords: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** Whether it is among the passwords that are tried first: "Password1" is "password1" to whoever guesses. */
export function isCommonPassword(password: string): boolean {
  return commonPasswords.has(password.normalize('NFKC').toLowerCase());
}
