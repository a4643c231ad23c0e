/** The keys of a lake as schema/schemas.yml names its folders. */
import { readLayout } from 'runtime';

export const layout = readLayout('schema/schemas.yml');
