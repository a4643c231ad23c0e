/** Functions of places: GEOMETRY and GEOGRAPHY. */
import { one, oneOrTwo, two } from './call.ts';

export const places = {
  /** A place as well-known binary. PySpark: `st_asbinary`. */
  stAsBinary: oneOrTwo('st_asbinary'),
  /** Well-known binary to GEOGRAPHY. PySpark: `st_geogfromwkb`. */
  stGeogFromWkb: one('st_geogfromwkb'),
  /** Well-known binary to GEOMETRY, with a reference system where one is given. PySpark: `st_geomfromwkb`. */
  stGeomFromWkb: oneOrTwo('st_geomfromwkb'),
  /** With another reference system. PySpark: `st_setsrid`. */
  stSetSrid: two('st_setsrid'),
  /** The number of its reference system. PySpark: `st_srid`. */
  stSrid: one('st_srid'),
} as const;
