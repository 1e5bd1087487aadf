#include "base/common.h"
typedef int placeholder_introspect;
