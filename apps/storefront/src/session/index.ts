export { RequireUser } from './require-user.tsx';
export { type User, useSession } from './session-context.ts';
