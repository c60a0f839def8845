import { type ClientOptions, createFlorinClient, type FlorinClient, FlorinProblem } from '@florin/client';
import { newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { TestPlatform } from './start-test-platform.ts';

type Addresses = Pick<TestPlatform, 'urls'>;

/** A user with a client that is signed in. */
export type Person = { id: string; email: string; florin: FlorinClient };

/** The password of the users that sign up here. */
export const PASSWORD = 'correct horse battery';

/** Tests wait as long as a slow machine needs: for a new wallet, or for a service that restarts. */
const retry = { maxAttempts: 1_000, maxElapsedMs: 60_000, maxDelayMs: 250 };

/** Creates a client without a session. */
export function openClient({ urls }: Addresses, options: Partial<ClientOptions> = {}): FlorinClient {
  return createFlorinClient({ baseUrl: urls, retry, ...options });
}

/** Signs a new user up. Their wallet is open a moment later; the client repeats what needs it. */
export async function signUp(platform: Addresses, options: Partial<ClientOptions> = {}): Promise<Person> {
  const florin = openClient(platform, options);
  const email = `${newId()}@florin.example`;
  const { id } = await florin.session.signUp({ email, password: PASSWORD });
  return { id, email, florin };
}

/** Signs a new user up, and waits until product has consumed the event of their wallet. */
export async function signUpBuyer(platform: Addresses, options: Partial<ClientOptions> = {}): Promise<Person> {
  const buyer = await signUp(platform, options);
  await eventually(async () => {
    const query = { withinLimit: true, limit: 1 };
    expect((await buyer.florin.get('/v1/products', { params: { query } })).data).to.have.length(1);
  });
  return buyer;
}

type Credentials = { email: string; password: string };

/** Signs an existing user in. */
export async function signIn(platform: Addresses, { email, password }: Credentials): Promise<Person> {
  const florin = openClient(platform);
  const { id } = await florin.session.signIn({ email, password });
  return { id, email, florin };
}

/** Waits for the answer to a call: its data, or the problem with which the server refuses it. */
export function problemOr<T>(call: Promise<T>): Promise<T | FlorinProblem> {
  return call.catch((error: unknown) => {
    if (error instanceof FlorinProblem) return error;
    throw error;
  });
}
