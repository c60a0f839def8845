import { expect } from 'chai';
import { loadDefinition } from './load-service.ts';
import { serviceNames, settingOf } from './service-names.ts';

const pem = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----';

describe('the settings of every service', () => {
  for (const name of serviceNames) {
    const environment = {
      [settingOf(name, 'DATABASE_URL')]: `mysql://florin:florin@db.example/florin_${name}`,
      KAFKA_BROKERS: 'kafka.example:9092',
    };

    it(`lead ${name} to the database and to Kafka by TLS`, async () => {
      const { readConfig } = await loadDefinition(name);
      const login = { KAFKA_SASL_USERNAME: name, KAFKA_SASL_PASSWORD: 'secret' };
      const tls = { DATABASE_TLS: 'required', DATABASE_TLS_CA: pem, KAFKA_SECURITY: 'sasl_ssl', KAFKA_TLS_CA: pem };
      const config = readConfig({ ...environment, ...tls, ...login });
      const addresses = Object.values(config).filter(
        (value): value is string => typeof value === 'string' && value.startsWith('mysql:'),
      );
      expect(addresses.length).to.be.above(0);
      for (const address of addresses) expect(new URL(address).searchParams.get('ca')).to.equal(pem);
      expect(config.kafka.security).to.deep.include({ ca: pem });
    });

    it(`do not start ${name} in production without TLS and a login, unless told so by name`, async () => {
      const { readConfig } = await loadDefinition(name);
      const production = { ...environment, NODE_ENV: 'production' };
      expect(() => readConfig(production)).to.throw('KAFKA_SASL_PASSWORD is required');
      expect(() => readConfig({ ...production, KAFKA_SECURITY: 'plaintext' }))
        .to.throw()
        .with.property('message')
        .that.does.not.include('KAFKA_');
    });
  }
});
