/** Whether the typed address is that of the account. Case and surrounding spaces do not matter, as at sign-in. */
export function isSameEmail(typed: string, email: string): boolean {
  return typed.trim().toLowerCase() === email.toLowerCase();
}
