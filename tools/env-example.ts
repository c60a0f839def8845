import { settings as authSettings } from '../servers/auth/src/config.ts';
import { settings as paymentSettings } from '../servers/payment/src/config.ts';
import { settings as productSettings } from '../servers/product/src/config.ts';

type Described = { keys: Record<string, { flags?: { default?: unknown; description?: string; presence?: string } }> };

const head = `# Every setting, with its default. Copy to .env, or set them in the environment, which wins.
# With npm start nothing needs to be set: addresses are those of its own database and broker.

# embedded (a private database and broker), or external (the addresses below); external where any of them is set
# FLORIN_INFRA=embedded
`;

/** The text of \`.env.example\`, from the schemas that read the settings. */
export function envExample(): string {
  const lines = new Map<string, string>();
  for (const schema of [authSettings, productSettings, paymentSettings]) {
    for (const [name, { flags = {} }] of Object.entries((schema.describe() as Described).keys)) {
      const { default: value = '', description, presence } = flags;
      const required = presence === 'required' ? ' (no default outside npm start)' : '';
      lines.set(name, `# ${description}${required}\n# ${name}=${shownDefault(name, value)}\n`);
    }
  }
  return [head, ...lines.values()].join('\n');
}

/** A secret that everybody can read is no default to copy. */
function shownDefault(name: string, value: unknown): string {
  return name.endsWith('_KEY') ? '' : String(value);
}
