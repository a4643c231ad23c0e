/** The keys of the lakes of tests. */
import { layoutOf } from '../src/layout.ts';

export const layout = layoutOf({ events: 'recipe_changes', table: 'recipes' });
