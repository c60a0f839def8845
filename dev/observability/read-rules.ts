import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export type Rule = {
  record?: string;
  alert?: string;
  expr: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
};
export type Alert = Rule & { alert: string };
type RuleFile = { groups: { rules: Rule[] }[] };

export const observability = resolve(import.meta.dirname, '../../deploy/observability');
export const ruleFiles = yamlFiles('prometheus/rules');
export const ruleTestFiles = yamlFiles('prometheus/tests');

/** All recording rules and alerts of deploy/observability. */
export function readRules(): Rule[] {
  return ruleFiles.flatMap((file) => readYaml<RuleFile>(file).groups.flatMap(({ rules }) => rules));
}

export function readAlerts(): Alert[] {
  return readRules().filter((rule): rule is Alert => rule.alert !== undefined);
}

export function readYaml<T>(file: string): T {
  return parse(readFileSync(file, 'utf8'), { merge: true }) as T;
}

function yamlFiles(folder: string): string[] {
  const path = join(observability, folder);
  return readdirSync(path)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => join(path, file));
}
