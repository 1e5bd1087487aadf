/*
 * field_names.h - the names of fields that are added to complete a relation.
 *
 * They are what the reference tool would write: the model's name as a field's name, its plural for
 * a list, and for a column the model's name with the referenced field's behind it.
 */
#ifndef BELLOWS_COMPILER_SCHEMA_COMPLETE_FIELD_NAMES_H
#define BELLOWS_COMPILER_SCHEMA_COMPLETE_FIELD_NAMES_H

#include "base/common.h"
#include "base/intern.h"

Name field_name_single(Names *names, Name model); /* USER_Profile: userProfile */
Name field_name_list(Names *names, Name model);   /* USER_Profile: userProfiles */
Name field_name_column(Names *names, Name model,
                       Name column); /* USER_Profile, id: uSER_ProfileId */

#endif
