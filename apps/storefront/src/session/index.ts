export { RequireUser } from './require-user.tsx';
export { type SessionState, type User, useSession, useUser } from './session-context.ts';
export { SignInForm } from './sign-in-form.tsx';
export { SignInOrUp } from './sign-in-or-up.tsx';
export { SignUpForm } from './sign-up-form.tsx';
