import { DEVELOPMENT_SIGNING_KEYS, type EventSignatures, parseSigningKeys } from '@florin/events';
import Joi from 'joi';
import { readSettings } from './settings.ts';

export type EventSignatureSettings = {
  EVENT_SIGNING_KEYS: string;
  EVENT_SIGNATURES?: 'off' | 'accept' | 'require';
};

/** The settings of signed events, which the services and the operators' commands read. */
export const eventSignatureSettings = {
  EVENT_SIGNING_KEYS: Joi.string()
    .custom(checkKeys)
    .when('NODE_ENV', {
      is: 'production',
      // biome-ignore lint/suspicious/noThenProperty: it is Joi's name
      then: Joi.required().custom(refuseDevelopmentKey),
      otherwise: Joi.string().default(DEVELOPMENT_SIGNING_KEYS),
    })
    .description(
      'Keys that sign events, the same for all services: id:key or id:key:retired-on, separated by commas. A key is 32 random bytes in base64 (openssl rand -base64 32). The first signs, all verify, a retired one for 60 days from its date. Required in production',
    )
    .meta({ isSecret: true }),
  EVENT_SIGNATURES: Joi.string()
    .valid('off', 'accept', 'require')
    .description(
      'Signatures of events: off, accept (sign, and take unsigned events) or require (default: require on a new installation and after npm run events:require, accept before)',
    ),
} satisfies Record<keyof EventSignatureSettings, Joi.Schema>;

const commandSettings = Joi.object<EventSignatureSettings & { NODE_ENV?: string }>({
  NODE_ENV: Joi.string(),
  ...eventSignatureSettings,
});

/**
 * Reads how an operator's command signs and verifies events.
 *
 * @throws SettingsError
 */
export function readEventSignatures(environment: NodeJS.ProcessEnv): EventSignatures {
  return eventSignaturesOf(readSettings(commandSettings, environment));
}

export function eventSignaturesOf({ EVENT_SIGNATURES: mode, EVENT_SIGNING_KEYS: keys }: EventSignatureSettings): EventSignatures {
  return mode === 'off' ? { mode } : { mode, keys: parseSigningKeys(keys) };
}

function checkKeys(text: string): string {
  parseSigningKeys(text);
  return text;
}

function refuseDevelopmentKey(text: string): string {
  const [known] = parseSigningKeys(DEVELOPMENT_SIGNING_KEYS);
  if (parseSigningKeys(text).some(({ secret }) => secret.equals(known.secret)))
    throw new Error('the key of development is known to everybody');
  return text;
}
