export { type DemoImage, demoImages } from './demo-images.ts';
