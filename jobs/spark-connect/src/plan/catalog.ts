/** Constructor of relations that ask or change the catalog: the rows are its answer. */
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { CatalogSchema } from '../gen/spark/connect/catalog_pb.js';
import { type Relation, relation } from './relation.ts';

export type CatalogCall = NonNullable<MessageInitShape<typeof CatalogSchema>['catType']>;

export function catalogCall(catType: CatalogCall): Relation {
  return relation({ case: 'catalog', value: create(CatalogSchema, { catType }) });
}
