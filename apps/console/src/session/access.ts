/** What a page or a button needs: staff and admins, or admins alone. */
export type Access = 'staff' | 'admin';

type Person = { roles: readonly string[] };

/** Whether a person has the right. The server decides too; this hides what it would refuse. */
export function may({ roles }: Person, access: Access): boolean {
  return roles.includes('admin') || (access === 'staff' && roles.includes('staff'));
}
