export { currentPasswordFault, nameFault, newPasswordFault, refusedField } from './account-faults.ts';
export { faultTexts, limits } from './fault-texts.ts';
export { nextPath, withNext } from './next-path.ts';
export { RequireUser } from './require-user.tsx';
export { type SessionState, type User, useSession, useUser } from './session-context.ts';
export { SignInForm } from './sign-in-form.tsx';
export { SignInHere } from './sign-in-here.tsx';
export { SignUpForm } from './sign-up-form.tsx';
export { WaitNotice } from './wait-notice.tsx';
