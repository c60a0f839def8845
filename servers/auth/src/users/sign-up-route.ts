import type { Transact } from '@florin/database';
import { type Endpoint, endpoint } from '@florin/http';
import { emailSpellings, named } from '@florin/values';
import Joi from 'joi';
import type { Passwords } from '../credentials/index.ts';
import {
  accountErrors,
  assertGoodPassword,
  emailField,
  newPasswordField,
  type SessionKind,
  sessionField,
  signedInAnswer,
  signedInSchema,
} from '../credentials/index.ts';
import type { SigningKeys, TokenTerms } from '../keys/index.ts';
import type { ReadOrigin, RefreshCookie } from '../sessions/index.ts';
import { createSignedInUser } from './create-user.ts';
import { userErrors } from './errors.ts';
import { nameField } from './name-field.ts';

type SignUp = { email: string; password: string; name?: string; session?: SessionKind };

const signUpBody = named(
  'SignUp',
  Joi.object<SignUp, true>({
    email: emailField.required(),
    password: newPasswordField.required(),
    name: nameField,
    session: sessionField,
  }),
);

type SignUpParts = {
  transact: Transact;
  passwords: Passwords;
  signingKeys: SigningKeys;
  tokenTerms: TokenTerms;
  sessionTtlS: number;
  originOf: ReadOrigin;
  refreshCookie: RefreshCookie;
};

export function signUpRoute({ transact, passwords, sessionTtlS, originOf, ...issuing }: SignUpParts): Endpoint {
  return endpoint({
    operationId: 'signUp',
    method: 'post',
    path: '/v1/auth/signup',
    summary: 'Create an account; its wallet follows',
    access: 'anyone',
    body: signUpBody,
    errors: [accountErrors.PASSWORD_TOO_WEAK, userErrors.EMAIL_TAKEN],
    example: { body: { email: 'ada@example.com', password: 'plum-lantern-47-river', name: 'Ada Byron' } },
    answers: { 201: { description: 'The account and its tokens', data: signedInSchema } },
    handle: async ({ body: { email, password, name, session }, request }) => {
      assertGoodPassword(password, { email, name }, 'password');
      const passwordHash = await passwords.hash(password);
      // The address as typed: an earlier release may have stored it like that.
      const spellings = emailSpellings((request.body as SignUp).email);
      const newUser = { email, spellings, passwordHash, name };
      const terms = { sessionTtlS, origin: originOf(request) };
      const signedIn = await transact((trx) => createSignedInUser(trx, newUser, terms));
      return signedInAnswer(201, signedIn, { ...issuing, ...(session === 'cookie' && { cookieFor: request }) });
    },
  });
}
