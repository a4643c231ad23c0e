export { prepare } from './prepare.ts';
