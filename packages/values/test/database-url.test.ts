import { expect } from 'chai';
import { atDatabase, databaseUrl, readDatabaseUrl, withDatabaseTls } from '../src/index.ts';

const address = 'mysql://florin%40auth:p%2Fw@db.example:3307/florin_auth';
const ca = '-----BEGIN CERTIFICATE-----\nMIIB+/=\n-----END CERTIFICATE-----\n';

describe('the address of a database', () => {
  it('is read whole, without TLS by default', () => {
    expect(readDatabaseUrl(address)).to.deep.equal({
      host: 'db.example',
      port: 3307,
      user: 'florin@auth',
      password: 'p/w',
      database: 'florin_auth',
      tls: 'off',
    });
    expect(readDatabaseUrl('mysql://root@[::1]')).to.deep.include({ host: '::1', port: 3306, database: '' });
  });

  it('keeps TLS and its authority beside another database', () => {
    const secured = withDatabaseTls(address, { ca });
    expect(readDatabaseUrl(secured).tls).to.deep.equal({ ca });
    expect(readDatabaseUrl(atDatabase(secured, 'other'))).to.deep.include({ database: 'other', tls: { ca } });
    expect(readDatabaseUrl(withDatabaseTls(address, {})).tls).to.deep.equal({});
    expect(withDatabaseTls(address, 'off')).to.equal(address);
  });

  it('says itself whether it uses TLS, whatever the settings say', () => {
    expect(readDatabaseUrl(withDatabaseTls(`${address}?tls=off`, { ca })).tls).to.equal('off');
    expect(readDatabaseUrl(withDatabaseTls(`${address}?tls=required`, 'off')).tls).to.deep.equal({});
  });

  const wrong = {
    'ssl=true': 'unknown parameter ssl',
    'tls=required&sslmode=disable': 'unknown parameter sslmode',
    'tls=true': 'neither required nor off',
    'ca=x': 'needs tls=required',
  };
  for (const [parameters, reason] of Object.entries(wrong)) {
    it(`rejects the parameters ${parameters}, and does not show the password`, () => {
      const url = `${address}?${parameters}`;
      for (const read of [() => readDatabaseUrl(url), () => withDatabaseTls(url, { ca })])
        expect(read).to.throw(reason).with.property('message').that.does.not.include('p%2Fw');
      const { error } = databaseUrl().label('AUTH_DATABASE_URL').validate(url);
      expect(error?.message).to.include('AUTH_DATABASE_URL').and.include(reason).and.not.include('p%2Fw');
    });
  }

  it('needs a host name for TLS, except on this machine', () => {
    expect(() => withDatabaseTls('mysql://root@10.0.0.7/florin', {})).to.throw('needs a host name for TLS');
    expect(() => withDatabaseTls('mysql://root@[fd00::7]/florin', {})).to.throw('needs a host name for TLS');
    for (const host of ['127.0.0.1', '[::1]', 'localhost', '10.db.example']) withDatabaseTls(`mysql://root@${host}/florin`, {});
  });
});
