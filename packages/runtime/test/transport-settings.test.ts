import { readDatabaseUrl } from '@florin/values';
import { expect } from 'chai';
import { readTransport } from '../src/index.ts';

const pem = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----';
const login = { KAFKA_SASL_USERNAME: 'auth', KAFKA_SASL_PASSWORD: 'Vw3kQ9' };
const address = 'mysql://auth:secret@db.example/florin_auth';

function tlsOf(environment: NodeJS.ProcessEnv): unknown {
  return readDatabaseUrl(readTransport({ KAFKA_SECURITY: 'plaintext', ...environment }).databaseAddress(address)).tls;
}

describe('transport settings', () => {
  it('are plain text in development', () => {
    expect(readTransport({}).kafka).to.equal('plaintext');
    expect(tlsOf({})).to.equal('off');
  });

  it('require TLS and a login in production', () => {
    expect(() => readTransport({ NODE_ENV: 'production' }))
      .to.throw('KAFKA_SASL_USERNAME is required')
      .with.property('message')
      .that.includes('KAFKA_SASL_PASSWORD is required');
    expect(readTransport({ NODE_ENV: 'production', ...login }).kafka).to.deep.equal({
      login: { mechanism: 'scram-sha-512', username: 'auth', password: 'Vw3kQ9' },
    });
    expect(tlsOf({ NODE_ENV: 'production' })).to.deep.equal({});
  });

  it('allow plain text in production by name only', () => {
    expect(readTransport({ NODE_ENV: 'production', KAFKA_SECURITY: 'plaintext' }).kafka).to.equal('plaintext');
    expect(tlsOf({ NODE_ENV: 'production', DATABASE_TLS: 'off' })).to.equal('off');
  });

  it('hand on every part', () => {
    const settings = {
      KAFKA_SECURITY: 'sasl_ssl',
      KAFKA_TLS_CA: pem,
      KAFKA_TLS_CERTIFICATE: pem,
      KAFKA_TLS_KEY: 'key',
      KAFKA_TLS_SERVER_NAME: 'kafka.example',
      KAFKA_SASL_MECHANISM: 'plain',
      ...login,
    };
    expect(readTransport(settings).kafka).to.deep.equal({
      ca: pem,
      certificate: pem,
      key: 'key',
      serverName: 'kafka.example',
      login: { mechanism: 'plain', username: 'auth', password: 'Vw3kQ9' },
    });
    expect(tlsOf({ DATABASE_TLS: 'required', DATABASE_TLS_CA: pem })).to.deep.equal({ ca: pem });
  });

  const wrong: [NodeJS.ProcessEnv, string][] = [
    [login, 'KAFKA_SASL_USERNAME needs KAFKA_SECURITY=sasl_ssl'],
    [{ KAFKA_SECURITY: 'ssl', ...login }, 'KAFKA_SASL_PASSWORD needs KAFKA_SECURITY=sasl_ssl'],
    [{ KAFKA_TLS_CA: pem }, 'KAFKA_TLS_CA needs KAFKA_SECURITY=ssl or sasl_ssl'],
    [{ DATABASE_TLS_CA: pem }, 'DATABASE_TLS_CA needs DATABASE_TLS=required'],
    [{ KAFKA_SECURITY: 'ssl', KAFKA_TLS_CA: '/etc/ca.pem' }, 'a certificate in PEM format'],
    [{ KAFKA_SECURITY: 'ssl', KAFKA_TLS_CERTIFICATE: pem }, 'KAFKA_TLS_KEY is required'],
    [{ KAFKA_SECURITY: 'ssl', KAFKA_TLS_KEY: 'key' }, 'KAFKA_TLS_KEY needs KAFKA_TLS_CERTIFICATE'],
    [{ KAFKA_SECURITY: 'sasl_plaintext' }, 'KAFKA_SECURITY must be one of'],
    [{ DATABASE_TLS: 'preferred' }, 'DATABASE_TLS must be one of'],
  ];
  for (const [environment, reason] of wrong) {
    it(`reject ${Object.keys(environment).join(' with ')}: ${reason}`, () => {
      expect(() => readTransport(environment)).to.throw(reason);
    });
  }
});
