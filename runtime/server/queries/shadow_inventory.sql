SELECT o.class::oid AS class, o.object, o.space, o.name, o.owner, o.acl, CASE WHEN o.class = 'pg_namespace'::regclass THEN obj_description(o.object, 'pg_namespace') END AS note FROM (
  SELECT 'pg_namespace'::regclass AS class, oid AS object, oid AS space, nspname::text AS name, pg_get_userbyid(nspowner)::text AS owner, nspacl::text AS acl FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  UNION ALL SELECT 'pg_class', oid, relnamespace, relname, NULL, NULL FROM pg_class WHERE oid >= 16384 AND relkind <> 't' AND relname <> '_bellows_shadow'
  UNION ALL SELECT 'pg_type', oid, typnamespace, typname, NULL, NULL FROM pg_type WHERE oid >= 16384 AND (typrelid = 0 OR EXISTS (SELECT FROM pg_class c WHERE c.oid = typrelid AND c.relkind = 'c')) AND NOT (typelem <> 0 AND typlen = -1)
  UNION ALL SELECT 'pg_proc', oid, pronamespace, proname, NULL, NULL FROM pg_proc WHERE oid >= 16384
  UNION ALL SELECT 'pg_extension', oid, 0, extname, NULL, NULL FROM pg_extension WHERE oid >= 16384
  UNION ALL SELECT 'pg_collation', oid, collnamespace, collname, NULL, NULL FROM pg_collation WHERE oid >= 16384
  UNION ALL SELECT 'pg_conversion', oid, connamespace, conname, NULL, NULL FROM pg_conversion WHERE oid >= 16384
  UNION ALL SELECT 'pg_operator', oid, oprnamespace, oprname, NULL, NULL FROM pg_operator WHERE oid >= 16384
  UNION ALL SELECT 'pg_opclass', oid, opcnamespace, opcname, NULL, NULL FROM pg_opclass WHERE oid >= 16384
  UNION ALL SELECT 'pg_opfamily', oid, opfnamespace, opfname, NULL, NULL FROM pg_opfamily WHERE oid >= 16384
  UNION ALL SELECT 'pg_ts_config', oid, cfgnamespace, cfgname, NULL, NULL FROM pg_ts_config WHERE oid >= 16384
  UNION ALL SELECT 'pg_ts_dict', oid, dictnamespace, dictname, NULL, NULL FROM pg_ts_dict WHERE oid >= 16384
  UNION ALL SELECT 'pg_ts_parser', oid, prsnamespace, prsname, NULL, NULL FROM pg_ts_parser WHERE oid >= 16384
  UNION ALL SELECT 'pg_ts_template', oid, tmplnamespace, tmplname, NULL, NULL FROM pg_ts_template WHERE oid >= 16384
  UNION ALL SELECT 'pg_statistic_ext', oid, stxnamespace, stxname, NULL, NULL FROM pg_statistic_ext WHERE oid >= 16384
  UNION ALL SELECT 'pg_language', oid, 0, lanname, NULL, NULL FROM pg_language WHERE oid >= 16384
  UNION ALL SELECT 'pg_foreign_data_wrapper', oid, 0, fdwname, NULL, NULL FROM pg_foreign_data_wrapper WHERE oid >= 16384
  UNION ALL SELECT 'pg_foreign_server', oid, 0, srvname, NULL, NULL FROM pg_foreign_server WHERE oid >= 16384
  UNION ALL SELECT 'pg_event_trigger', oid, 0, evtname, NULL, NULL FROM pg_event_trigger WHERE oid >= 16384
  UNION ALL SELECT 'pg_publication', oid, 0, pubname, NULL, NULL FROM pg_publication WHERE oid >= 16384
  UNION ALL SELECT 'pg_am', oid, 0, amname, NULL, NULL FROM pg_am WHERE oid >= 16384
  UNION ALL SELECT 'pg_cast', oid, 0, NULL, NULL, NULL FROM pg_cast WHERE oid >= 16384
  UNION ALL SELECT 'pg_transform', oid, 0, NULL, NULL, NULL FROM pg_transform WHERE oid >= 16384
  UNION ALL SELECT 'pg_default_acl', oid, 0, NULL, NULL, NULL FROM pg_default_acl
  UNION ALL SELECT 'pg_trigger', t.oid, c.relnamespace, t.tgname, NULL, NULL FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.oid >= 16384 AND NOT t.tgisinternal
  UNION ALL SELECT 'pg_policy', p.oid, c.relnamespace, p.polname, NULL, NULL FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE p.oid >= 16384
  UNION ALL SELECT 'pg_rewrite', r.oid, c.relnamespace, r.rulename, NULL, NULL FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE r.oid >= 16384 AND r.rulename <> '_RETURN'
  UNION ALL SELECT 'pg_constraint', oid, connamespace, conname, NULL, NULL FROM pg_constraint WHERE oid >= 16384 AND contype IN ('c', 'f', 'p', 'u', 'x') AND conislocal AND conparentid = 0
) AS o
WHERE (o.space = 0 OR EXISTS (SELECT FROM pg_namespace n WHERE n.oid = o.space AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'))
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.object AND (d.deptype = 'e' OR (d.deptype = 'i' AND d.refobjid <> d.objid AND o.class IN ('pg_class'::regclass, 'pg_type'::regclass))))
