import { expect } from 'chai';
import { nextPath, withNext } from '../src/session/next-path.ts';

describe('the page after signing in', () => {
  for (const path of ['/', '/orders', '/orders/1001?page=2#entries', '/search?q=a%20b%2Fc'])
    it(`is ${path} if the link asks for it`, () => {
      expect(nextPath(path)).to.equal(path);
      expect(nextPath(new URLSearchParams(withNext('/sign-in', path).split('?')[1]).get('next'))).to.equal(path);
    });

  for (const next of [
    null,
    '',
    'orders',
    'https://evil.example/',
    '//evil.example/',
    '///evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    'javascript:alert(1)',
    '/sign-in?next=/sign-in',
    '/sign-up',
  ])
    it(`is the start of the shop for ${JSON.stringify(next)}`, () => {
      expect(nextPath(next)).to.equal('/');
    });
});
