import { type Workspace, withDependencies } from './workspaces.ts';

export type Changes = {
  /** The images that are not what they were: the servers' and `ops`. */
  images: string[];
  /** How the images are run is not what it was. */
  isDeploymentChanged: boolean;
};

/** No image has them in it. */
const irrelevant = [
  /\.md$/,
  /^(docs|dev|release|chaos|bench|e2e|\.ci)\//,
  /^(packages|servers)\/[^/]+\/(test\/|tsconfig\.json$)/,
  /^ops\/(test\/|.*\.test\.ts$)/,
  /^(Jenkinsfile|biome\.json|renovate\.json|tsconfig\.json|tsconfig\.check\.json)$/,
  /^\.(gitignore|env\.example|mocharc\.json|nycrc\.json|oxlintrc\.json|groovylintrc\.json|editorconfig|nvmrc)$/,
  /\.snapshot\.json$/,
];
const deployment = [/^docker-compose\.yml$/, /^deploy\//];

/** What files that differ mean for the images. A file that is not known for what it is concerns all of them. Pure. */
export function changedImages(paths: readonly string[], workspaces: readonly Workspace[]): Changes {
  const isDeployment = (path: string): boolean => deployment.some((pattern) => pattern.test(path));
  const inImages = paths.filter((path) => !isDeployment(path) && !irrelevant.some((pattern) => pattern.test(path)));
  const folderOf = (path: string): Workspace | undefined => workspaces.find((one) => path.startsWith(`${one.path}/`));
  const isEverywhere = inImages.some((path) => folderOf(path) === undefined);
  const changed = new Set(inImages.map(folderOf));
  const images = workspaces
    .filter(({ kind }) => kind !== 'package')
    .filter((image) => isEverywhere || [...withDependencies(image, workspaces)].some((part) => changed.has(part)));
  return { images: images.map(({ folder }) => folder), isDeploymentChanged: paths.some(isDeployment) };
}
