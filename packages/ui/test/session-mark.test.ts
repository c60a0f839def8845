import { expect } from 'chai';
import { createSessionMark } from '../src/session-mark.ts';

describe('the mark of a session', () => {
  function open() {
    const kept = new Map<string, string>();
    const target = new EventTarget();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const tell = (key: string, newValue: string | null) =>
      target.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
    return { mark: createSessionMark(storage, target), tell };
  }

  it('is set by a sign-in and cleared by a sign-out', () => {
    const { mark } = open();
    expect(mark.isSet()).to.equal(false);
    mark.set();
    expect(mark.isSet()).to.equal(true);
    mark.clear();
    expect(mark.isSet()).to.equal(false);
  });

  it('tells when another tab sets it, not when it clears it, until nobody listens', () => {
    const { mark, tell } = open();
    let heard = 0;
    const stop = mark.onSetElsewhere(() => heard++);
    tell('florin.hasSession', 'yes');
    tell('florin.hasSession', null);
    tell('florin.theme', 'dark');
    expect(heard).to.equal(1);
    stop();
    tell('florin.hasSession', 'yes');
    expect(heard).to.equal(1);
  });
});
