import { expect } from 'chai';
import Joi from 'joi';
import { type HttpSettings, httpConfig, httpSettings } from '../src/http-settings.ts';
import { readSettings, SettingsError } from '../src/index.ts';

const schema = Joi.object<HttpSettings & { NODE_ENV?: string }>({ NODE_ENV: Joi.string(), ...httpSettings });
const read = (environment: Record<string, string>) => httpConfig(readSettings(schema, environment));
const certificate = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----';
const key = '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----';

describe('the settings of HTTP', () => {
  it('allow no origins and use plain text by default', () => {
    expect(read({})).to.deep.equal({ corsOrigins: [], httpTls: undefined, httpTlsCa: undefined });
  });

  it('list origins as browsers send them', () => {
    const origins = ['https://shop.example', 'https://admin.example:8443', 'http://localhost:5173', 'http://[::1]:5173'];
    expect(read({ CORS_ORIGINS: origins.join() }).corsOrigins).to.deep.equal(origins);
  });

  const wrong = [
    '*',
    'null',
    'https://*.shop.example',
    'https://*',
    'shop.example',
    'https://shop.example/',
    'https://shop.example/path',
    'https://SHOP.example',
    'https://shop.example:443',
    'https://user@shop.example',
    'https://shop.example?x',
    'https://shop.example#x',
    'ftp://shop.example',
    'file://',
    'https://',
    'https://shop.example, https://admin.example',
    'https://shop.example,',
    'https://sh"op.example',
    'https://shop.example|https://evil.example',
    Array.from({ length: 21 }, (_, index) => `https://shop-${index}.example`).join(),
  ];
  for (const origins of wrong)
    it(`reject what is no list of exact origins: ${origins.slice(0, 50)}`, () => {
      expect(() => read({ CORS_ORIGINS: origins })).to.throw(SettingsError, 'CORS_ORIGINS');
    });

  it('reject origins without TLS in production', () => {
    const production = { NODE_ENV: 'production' };
    expect(() => read({ ...production, CORS_ORIGINS: 'http://shop.example' })).to.throw(SettingsError, 'https in production');
    expect(read({ ...production, CORS_ORIGINS: 'https://shop.example' }).corsOrigins).to.have.length(1);
  });

  it('need certificate and key together, in PEM', () => {
    const both = { HTTP_TLS_CERTIFICATE: certificate, HTTP_TLS_KEY: key };
    expect(read(both).httpTls).to.deep.equal({ certificate, key });
    expect(() => read({ HTTP_TLS_CERTIFICATE: certificate })).to.throw('HTTP_TLS_KEY is required');
    expect(() => read({ HTTP_TLS_KEY: key })).to.throw('HTTP_TLS_KEY needs HTTP_TLS_CERTIFICATE');
    expect(() => read({ ...both, HTTP_TLS_CERTIFICATE: '/etc/cert.pem' })).to.throw('a certificate in PEM format');
    expect(() => read({ ...both, HTTP_TLS_KEY: '/etc/key.pem' })).to.throw('HTTP_TLS_KEY');
  });
});
