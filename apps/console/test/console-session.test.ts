import type { FlorinClient } from '@florin/client';
import { expect } from 'chai';
import { createConsoleSession } from '../src/session/console-session.ts';

describe('the session of the console', () => {
  const user = { id: 'u1', email: 'sam@florin.example', name: null, roles: ['staff'], status: 'active', createdAt: '' };
  const marks: string[] = [];
  const mark = { set: () => marks.push('set'), clear: () => marks.push('clear') };
  const start = (florin: FlorinClient) => createConsoleSession(florin, mark);
  const clientOf = (parts: Partial<FlorinClient['session']>): FlorinClient =>
    ({ session: parts, get: () => Promise.resolve({ data: user }) }) as unknown as FlorinClient;

  it('continues the session of the cookie once, however often it is asked', async () => {
    let asked = 0;
    const session = start(clientOf({ restore: () => Promise.resolve(++asked > 0) }));
    const states = await Promise.all([session.start(), session.start()]);
    expect(states.map(({ status }) => status)).to.deep.equal(['active', 'active']);
    expect(asked).to.equal(1);
  });
  it('asks again after a start that failed', async () => {
    let asked = 0;
    const restore = () => (++asked === 1 ? Promise.reject(new Error('no answer')) : Promise.resolve(false));
    const session = start(clientOf({ restore }));
    expect(await session.start().catch((error: Error) => error.message)).to.equal('no answer');
    expect((await session.start()).status).to.equal('anonymous');
  });
  it('keeps who was signed in when the session ends by itself, and tells its listeners', async () => {
    const session = start(clientOf({ restore: () => Promise.resolve(true) }));
    await session.start();
    const seen: string[] = [];
    const stop = session.subscribe(() => seen.push(session.state().status));
    session.expire();
    stop();
    session.expire();
    expect(session.state()).to.deep.equal({ status: 'expired', user });
    expect(seen).to.deep.equal(['expired']);
  });
  it('has the roles of a renewed session, without reading the user again', async () => {
    const admin = { ...user, roles: ['admin'] } as unknown as Parameters<typeof session.renew>[0];
    const session = start(clientOf({ restore: () => Promise.resolve(true) }));
    session.renew(admin);
    expect((await session.start()).user).to.equal(admin);
  });
  it('has nobody to keep when it ends before anyone signed in', () => {
    const session = start(clientOf({}));
    session.expire();
    expect(session.state().status).to.equal('anonymous');
  });
  it('marks the browser while someone is signed in, for the storefront', async () => {
    const session = start(clientOf({ signIn: () => Promise.resolve(user as never), signOut: () => Promise.resolve() }));
    await session.signIn({ email: user.email, password: 'secret' });
    expect(marks).to.deep.equal(['set']);
    await session.signOut();
    expect(marks).to.deep.equal(['set', 'clear']);
  });
});
